using k8s.Models;
using Streaming.Daemon.Configuration;

namespace Chart.Tests;

/// <summary>Who a pod says it is, and where it says that it can be asked.</summary>
public sealed class AddressTests
{
    [FactNeeding(Helm.Program)]
    public void Pod_Defaults_IsAskedByItsNameUnderTheHeadlessService()
    {
        var manifests = Manifests.Render("--namespace", "telemetry");

        ForecasterOptions options = Started(manifests, "test-forecaster-2");

        Assert.Equal("test-forecaster-2", options.Kafka.InstanceId);
        Assert.Equal("http://test-forecaster-2.test-forecaster-headless.telemetry.svc:9464", options.Http.AdvertisedUrl);
        V1Service headless = Assert.Single(manifests.OfType<V1Service>(), service => service.Spec.ClusterIP == "None");
        Assert.Equal(("test-forecaster-headless", 9464), (headless.Metadata.Name, Assert.Single(headless.Spec.Ports).Port));
        Assert.True(headless.Spec.PublishNotReadyAddresses);
    }

    [FactNeeding(Helm.Program)]
    public void Pod_NamesOfFullLength_AreAccepted()
    {
        string name = new('f', 60), space = new('n', 63);
        var manifests = Manifests.Render("--namespace", space, "--set", $"fullnameOverride={name}");

        ForecasterOptions options = Started(manifests, $"{manifests.StatefulSet.Metadata.Name}-1000");

        Assert.Contains($".{space}.svc", options.Http.AdvertisedUrl, StringComparison.Ordinal);
    }

    [FactNeeding(Helm.Program)]
    public void Pod_AddressOfOnesOwn_NamesThePod()
    {
        var manifests = Manifests.Render("--set", "api.advertisedUrl=https://$(POD_NAME).forecaster.example");

        ForecasterOptions options = Started(manifests, "test-forecaster-0");

        Assert.Equal("https://test-forecaster-0.forecaster.example", options.Http.AdvertisedUrl);
    }

    /// <summary>They are no pods of the set, and serve nothing.</summary>
    [FactNeeding(Helm.Program)]
    public void Hooks_Defaults_TellNoAddress()
    {
        IEnumerable<V1PodSpec> hooks = Manifests.Render().Pods.Skip(1);

        Assert.Equal(2, hooks.Count());
        Assert.All(hooks, hook => Assert.DoesNotContain(
            hook.Containers[0].Env, variable => variable.Name == "FORECASTER__Http__AdvertisedUrl"));
    }

    private static ForecasterOptions Started(Manifests manifests, string podName) =>
        LoadedOptions.Of(manifests.Configuration, KubeletEnvironment.Of(manifests.Container, podName));
}
