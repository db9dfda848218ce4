using k8s.Models;
using Streaming.Daemon.Cli;

namespace Chart.Tests;

/// <summary>What a platform team asks of every pod, whatever the configuration.</summary>
public sealed class PolicyTests
{
    /// <summary>Parts of a variable's name that tell of a secret.</summary>
    private static readonly string[] secretWords = ["password", "secret", "token", ".pem", "username", "client.id"];

    [TheoryNeeding(Helm.Program), MemberData(nameof(ValuesFiles.All), MemberType = typeof(ValuesFiles))]
    public void Pod_AnyConfiguration_RunsWithoutPrivilege(string valuesFile)
    {
        var manifests = Manifests.Render(ValuesFiles.Arguments(valuesFile));

        Assert.All(manifests.Pods, spec =>
        {
            V1PodSecurityContext pod = spec.SecurityContext;
            V1SecurityContext container = Assert.Single(spec.Containers).SecurityContext;
            Assert.True(pod.RunAsNonRoot);
            Assert.True(pod.RunAsUser > 0);
            Assert.Equal("RuntimeDefault", pod.SeccompProfile.Type);
            Assert.True(container.ReadOnlyRootFilesystem);
            Assert.False(container.AllowPrivilegeEscalation);
            Assert.Null(container.Privileged);
            Assert.Equal(["ALL"], container.Capabilities.Drop);
            Assert.Null(container.Capabilities.Add);
        });
    }

    [TheoryNeeding(Helm.Program), MemberData(nameof(ValuesFiles.All), MemberType = typeof(ValuesFiles))]
    public void Pod_AnyConfiguration_HasNoTokenAndNoHostAccess(string valuesFile)
    {
        Assert.All(Manifests.Render(ValuesFiles.Arguments(valuesFile)).Pods, pod =>
        {
            Assert.False(pod.AutomountServiceAccountToken);
            Assert.Null(pod.HostNetwork);
            Assert.Null(pod.HostPID);
            Assert.Null(pod.HostIPC);
            Assert.All(pod.Containers[0].Ports ?? [], port => Assert.Null(port.HostPort));
            Assert.All(pod.Volumes, volume => Assert.Null(volume.HostPath));
        });
        Assert.All(
            Manifests.Render(ValuesFiles.Arguments(valuesFile)).OfType<V1ServiceAccount>(),
            account => Assert.False(account.AutomountServiceAccountToken));
    }

    [TheoryNeeding(Helm.Program), MemberData(nameof(ValuesFiles.All), MemberType = typeof(ValuesFiles))]
    public void Secrets_AnyConfiguration_AreFilesForTheGroupAlone(string valuesFile)
    {
        IEnumerable<V1Volume> secrets = Manifests.Render(ValuesFiles.Arguments(valuesFile)).Pods
            .SelectMany(pod => pod.Volumes).Where(volume => volume.Name == "secrets");

        Assert.All(secrets, volume => Assert.Equal(Convert.ToInt32("440", 8), volume.Projected.DefaultMode));
    }

    [TheoryNeeding(Helm.Program), MemberData(nameof(ValuesFiles.All), MemberType = typeof(ValuesFiles))]
    public void Container_AnyConfiguration_IsBounded(string valuesFile)
    {
        var manifests = Manifests.Render(ValuesFiles.Arguments(valuesFile));

        Assert.All(manifests.Pods, pod =>
        {
            V1ResourceRequirements resources = pod.Containers[0].Resources;
            Assert.All(["cpu", "memory"], kind => Assert.Contains(kind, resources.Requests));
            Assert.All(["cpu", "memory"], kind => Assert.Contains(kind, resources.Limits));
            Assert.All(
                pod.Volumes.Where(volume => volume.EmptyDir is not null),
                volume => Assert.NotNull(volume.EmptyDir.SizeLimit));
        });
        Assert.All(manifests.OfType<V1Job>(), job => Assert.NotNull(job.Spec.ActiveDeadlineSeconds));
    }

    [TheoryNeeding(Helm.Program), MemberData(nameof(ValuesFiles.All), MemberType = typeof(ValuesFiles))]
    public void Container_AnyConfiguration_ImageIsPinned(string valuesFile)
    {
        Assert.All(
            Manifests.Render(ValuesFiles.Arguments(valuesFile)).Pods,
            pod => Assert.Matches(@":(?!latest$)[^:/]+$", pod.Containers[0].Image));
    }

    [TheoryNeeding(Helm.Program), MemberData(nameof(ValuesFiles.All), MemberType = typeof(ValuesFiles))]
    public void Template_AnyConfiguration_HoldsNoSecret(string valuesFile)
    {
        var manifests = Manifests.Render(ValuesFiles.Arguments(valuesFile));

        Assert.Empty(manifests.OfType<V1Secret>());
        Assert.All(manifests.Pods, pod => Assert.All(pod.Containers[0].Env, variable =>
        {
            Assert.Null(variable.ValueFrom?.SecretKeyRef); // what a process has in its environment, its children and dumps have
            Assert.DoesNotContain(
                secretWords, word => variable.Name != "FORECASTER_SECRETS" // the folder
                    && variable.Name.Contains(word, StringComparison.OrdinalIgnoreCase));
        }));
        Assert.All(manifests.OfType<V1ConfigMap>().SelectMany(map => map.Data.Values), text => Assert.All(
            secretWords, word => Assert.DoesNotContain($"{word}\":", text, StringComparison.OrdinalIgnoreCase)));
    }

    [FactNeeding(Helm.Program)]
    public void Pod_Defaults_HasLongerToStopThanTheHost()
    {
        long graceSeconds = Manifests.Render().Pod.Spec.TerminationGracePeriodSeconds ?? 0;

        Assert.True(graceSeconds > DaemonHost.StopTimeout.TotalSeconds);
    }
}
