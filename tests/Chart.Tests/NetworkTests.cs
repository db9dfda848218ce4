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
    public void Template_NetworkPolicy_SelectsEveryPod()
    {
        var manifests = Manifests.Render("--set", "networkPolicy.enabled=true");

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
