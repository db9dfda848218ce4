using k8s.Models;
using Streaming.Daemon.Cli;

namespace Chart.Tests;

/// <summary>What a platform team asks of every pod, whatever the configuration.</summary>
public sealed class PolicyTests
{
    /// <summary>Parts of a variable's name that tell of a secret.</summary>
    private static readonly string[] secretWords = ["password", "secret", "token", ".pem", "username"];

    [TheoryNeeding(Helm.Program), MemberData(nameof(ValuesFiles.All), MemberType = typeof(ValuesFiles))]
    public void Pod_AnyConfiguration_RunsWithoutPrivilege(string valuesFile)
    {
        var manifests = Manifests.Render(ValuesFiles.Arguments(valuesFile));

        V1PodSecurityContext pod = manifests.Pod.Spec.SecurityContext;
        V1SecurityContext container = manifests.Container.SecurityContext;
        Assert.True(pod.RunAsNonRoot);
        Assert.True(pod.RunAsUser > 0);
        Assert.Equal("RuntimeDefault", pod.SeccompProfile.Type);
        Assert.True(container.ReadOnlyRootFilesystem);
        Assert.False(container.AllowPrivilegeEscalation);
        Assert.Equal(["ALL"], container.Capabilities.Drop);
        Assert.Null(container.Capabilities.Add);
    }

    [TheoryNeeding(Helm.Program), MemberData(nameof(ValuesFiles.All), MemberType = typeof(ValuesFiles))]
    public void Pod_AnyConfiguration_HasNoTokenAndNoHostAccess(string valuesFile)
    {
        V1PodSpec pod = Manifests.Render(ValuesFiles.Arguments(valuesFile)).Pod.Spec;

        Assert.False(pod.AutomountServiceAccountToken);
        Assert.Null(pod.HostNetwork);
        Assert.Null(pod.HostPID);
        Assert.Null(pod.HostIPC);
        Assert.All(pod.Volumes, volume => Assert.Null(volume.HostPath));
    }

    [TheoryNeeding(Helm.Program), MemberData(nameof(ValuesFiles.All), MemberType = typeof(ValuesFiles))]
    public void Container_AnyConfiguration_IsBounded(string valuesFile)
    {
        var manifests = Manifests.Render(ValuesFiles.Arguments(valuesFile));

        V1ResourceRequirements resources = manifests.Container.Resources;
        Assert.All(["cpu", "memory"], kind => Assert.Contains(kind, resources.Requests));
        Assert.All(["cpu", "memory"], kind => Assert.Contains(kind, resources.Limits));
        Assert.All(
            manifests.Pod.Spec.Volumes.Where(volume => volume.EmptyDir is not null),
            volume => Assert.NotNull(volume.EmptyDir.SizeLimit));
    }

    [TheoryNeeding(Helm.Program), MemberData(nameof(ValuesFiles.All), MemberType = typeof(ValuesFiles))]
    public void Container_AnyConfiguration_ImageIsPinned(string valuesFile)
    {
        string image = Manifests.Render(ValuesFiles.Arguments(valuesFile)).Container.Image;

        Assert.Matches(@":(?!latest$)[^:/]+$", image);
    }

    [TheoryNeeding(Helm.Program), MemberData(nameof(ValuesFiles.All), MemberType = typeof(ValuesFiles))]
    public void Container_AnyConfiguration_SecretsComeByReference(string valuesFile)
    {
        var manifests = Manifests.Render(ValuesFiles.Arguments(valuesFile));

        IEnumerable<V1EnvVar> secrets = manifests.Container.Env.Where(variable =>
            secretWords.Any(word => variable.Name.Contains(word, StringComparison.OrdinalIgnoreCase)));
        Assert.All(secrets, variable => Assert.NotNull(variable.ValueFrom.SecretKeyRef));
        Assert.Empty(manifests.OfType<V1Secret>());
        Assert.All(secretWords, word => Assert.DoesNotContain(
            word, manifests.Configuration, StringComparison.OrdinalIgnoreCase));
    }

    [FactNeeding(Helm.Program)]
    public void Container_TlsAndSasl_TakesTheirSecretsFromTheNamedOne()
    {
        V1Container container = Manifests.Render(ValuesFiles.Arguments("secured-values.yaml")).Container;

        string[] keys =
        [
            .. container.Env.Select(variable => variable.ValueFrom?.SecretKeyRef)
                .Where(reference => reference?.Name == "forecaster-kafka")
                .Select(reference => reference!.Key).Order(StringComparer.Ordinal),
        ];
        Assert.Equal(["ca.crt", "password", "tls.crt", "tls.key", "username"], keys);
    }

    [FactNeeding(Helm.Program)]
    public void Pod_Defaults_HasLongerToStopThanTheHost()
    {
        long graceSeconds = Manifests.Render().Pod.Spec.TerminationGracePeriodSeconds ?? 0;

        Assert.True(graceSeconds > DaemonHost.StopTimeout.TotalSeconds);
    }
}
