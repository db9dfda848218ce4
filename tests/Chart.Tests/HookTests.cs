using k8s.Models;
using Streaming.Daemon.Cli;

namespace Chart.Tests;

/// <summary>What runs beside the daemon's pods, and when.</summary>
public sealed class HookTests
{
    private const string Event = "helm.sh/hook";

    [TheoryNeeding(Helm.Program), MemberData(nameof(ValuesFiles.All), MemberType = typeof(ValuesFiles))]
    public void Containers_AnyConfiguration_RunCommandsThatTheDaemonKnows(string valuesFile)
    {
        var manifests = Manifests.Render(ValuesFiles.Arguments(valuesFile));

        Assert.All(
            manifests.Pods, pod => Assert.Empty(ForecasterCommand.Create().Parse([.. pod.Containers[0].Args]).Errors));
    }

    /// <summary>Topics are there before pods that would wait for them, and the job finds what it mounts and passes.</summary>
    [FactNeeding(Helm.Program)]
    public void Job_Defaults_RunsBeforeThePodsAndAfterWhatItNeeds()
    {
        var manifests = Manifests.Render("--set", "networkPolicy.enabled=true");

        V1Job job = manifests.Single<V1Job>();
        IList<V1ObjectMeta> needed =
        [
            manifests.ConfigMap(job.Spec.Template.Spec.Volumes.Single(volume => volume.Name == "config").ConfigMap.Name).Metadata,
            Assert.Single(manifests.OfType<V1NetworkPolicy>(), policy => policy.Metadata.Annotations is not null).Metadata,
        ];
        Assert.Equal("pre-install,pre-upgrade", job.Metadata.Annotations[Event]);
        Assert.Equal(["topics", "create"], job.Spec.Template.Spec.Containers[0].Args.Take(2));
        Assert.All(needed, metadata =>
        {
            Assert.Equal("pre-install,pre-upgrade", metadata.Annotations[Event]);
            Assert.True(Weight(metadata) < Weight(job.Metadata));
        });
    }

    [FactNeeding(Helm.Program)]
    public void Test_Defaults_IsRunByHelmTestAlone()
    {
        V1Pod pod = Manifests.Render().Single<V1Pod>();

        Assert.Equal("test", pod.Metadata.Annotations[Event]);
        Assert.Equal(["topics", "check"], pod.Spec.Containers[0].Args.Take(2));
        Assert.Equal("Never", pod.Spec.RestartPolicy);
    }

    [FactNeeding(Helm.Program)]
    public void Pods_Placement_IsThatOfTheValues()
    {
        var manifests = Manifests.Render(
            "--set", "imagePullSecrets[0].name=pull", "--set", "priorityClassName=high", "--set", "nodeSelector.disk=ssd",
            "--set", "tolerations[0].operator=Exists");

        Assert.All(manifests.Pods, pod =>
        {
            Assert.Equal("pull", Assert.Single(pod.ImagePullSecrets).Name);
            Assert.Equal("high", pod.PriorityClassName);
            Assert.Equal("ssd", pod.NodeSelector["disk"]);
            Assert.Equal("Exists", Assert.Single(pod.Tolerations).OperatorProperty);
        });
    }

    private static int Weight(V1ObjectMeta metadata) => int.Parse(
        metadata.Annotations["helm.sh/hook-weight"], System.Globalization.CultureInfo.InvariantCulture);
}
