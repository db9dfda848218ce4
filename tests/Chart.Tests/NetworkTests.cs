using k8s.Models;

namespace Chart.Tests;

/// <summary>What the network policy lets through.</summary>
public sealed class NetworkTests
{
    [FactNeeding(Helm.Program)]
    public void Template_NetworkPolicy_LetsHttpInAndNamesAndBrokersOut()
    {
        var manifests = Manifests.Render(
            "--set", "networkPolicy.enabled=true", "--set", @"kafka.bootstrapServers=a:9092\,b:9092\,c:9094");

        V1NetworkPolicySpec[] policies = [.. manifests.OfType<V1NetworkPolicy>().Select(policy => policy.Spec)];
        Assert.Equal(2, policies.Length); // of the daemon, and of its hooks
        Assert.All(policies, policy =>
        {
            Assert.Equal(["Ingress", "Egress"], policy.PolicyTypes);
            Assert.Equal(["53", "53", "9092", "9094"], policy.Egress.SelectMany(rule => rule.Ports).Select(port => port.Port.Value));
        });
        IEnumerable<string> open = policies.SelectMany(policy => policy.Ingress ?? []).SelectMany(rule => rule.Ports)
            .Select(port => port.Port.Value);
        Assert.Equal(["http"], open);
    }

    [FactNeeding(Helm.Program)]
    public void Template_NetworkPolicy_TakesPeersAndFurtherRulesOfTheValues()
    {
        var manifests = Manifests.Render(
            "--set", "networkPolicy.enabled=true", "--set", "networkPolicy.from[0].ipBlock.cidr=10.1.0.0/16",
            "--set", "networkPolicy.kafkaTo[0].ipBlock.cidr=10.2.0.0/16", "--set", "networkPolicy.kafkaPorts={9093}",
            "--set", "networkPolicy.extraEgress[0].to[0].ipBlock.cidr=10.3.0.0/16");

        V1NetworkPolicySpec[] policies = [.. manifests.OfType<V1NetworkPolicy>().Select(policy => policy.Spec)];
        Assert.All(policies, policy =>
        {
            Assert.Equal(3, policy.Egress.Count); // names, brokers, the further one
            Assert.Equal("9093", Assert.Single(policy.Egress[1].Ports).Port.Value);
            Assert.Equal("10.2.0.0/16", Assert.Single(policy.Egress[1].To).IpBlock.Cidr);
            Assert.Equal("10.3.0.0/16", Assert.Single(policy.Egress[2].To).IpBlock.Cidr);
        });
        V1NetworkPolicyIngressRule rule = Assert.Single(policies.SelectMany(policy => policy.Ingress ?? []));
        Assert.Equal("10.1.0.0/16", Assert.Single(rule.FromProperty).IpBlock.Cidr);
    }

    [TheoryNeeding(Helm.Program)]
    [InlineData("create")]
    [InlineData("check")]
    [InlineData("off")]
    public void Template_NetworkPolicy_SelectsEveryPod(string job)
    {
        var manifests = Manifests.Render("--set", "networkPolicy.enabled=true", "--set", $"topics.job={job}");

        IEnumerable<IDictionary<string, string>> pods =
        [
            manifests.Pod.Metadata.Labels, .. manifests.OfType<V1Job>().Select(job => job.Spec.Template.Metadata.Labels),
            .. manifests.OfType<V1Pod>().Select(pod => pod.Metadata.Labels),
        ];
        Assert.All(pods, labels => Assert.Single(
            manifests.OfType<V1NetworkPolicy>(),
            policy => policy.Spec.PodSelector.MatchLabels.All(label => labels[label.Key] == label.Value)));
    }
}
