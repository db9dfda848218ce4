using System.Formats.Tar;
using System.IO.Compression;
using k8s.Models;

namespace Chart.Tests;

/// <summary>What the chart makes: every configuration lints and parses, and its parts fit each other.</summary>
public sealed class RenderTests
{
    [TheoryNeeding(Helm.Program), MemberData(nameof(ValuesFiles.All), MemberType = typeof(ValuesFiles))]
    public void Lint_AnyConfiguration_IsClean(string valuesFile)
    {
        HelmResult result = Helm.Lint(ValuesFiles.Arguments(valuesFile));

        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
    }

    [FactNeeding(Helm.Program)]
    public void Package_TheChart_HoldsWhatItsTemplatesReadAndNoTests()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("forecaster-package-");
        try
        {
            HelmResult result = Helm.Package(folder.FullName);
            Assert.True(result.ExitCode == 0, result.Errors);

            using var archive = new TarReader(new GZipStream(
                File.OpenRead(Assert.Single(Directory.GetFiles(folder.FullName, "*.tgz"))), CompressionMode.Decompress));
            var names = new HashSet<string>();
            while (archive.GetNextEntry() is { } entry)
            {
                names.Add(entry.Name);
            }

            Assert.Superset(
                new HashSet<string>
                {
                    "forecaster/values.schema.json", "forecaster/README.md", "forecaster/rules/forecaster.yaml",
                    "forecaster/dashboards/forecaster.json",
                },
                names);
            Assert.DoesNotContain(names, name => name.StartsWith("forecaster/ci/", StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [TheoryNeeding(Helm.Program), MemberData(nameof(ValuesFiles.All), MemberType = typeof(ValuesFiles))]
    public void Template_AnyConfiguration_NamesAreUniquePerKind(string valuesFile)
    {
        var manifests = Manifests.Render(ValuesFiles.Arguments(valuesFile));

        Assert.Distinct(manifests.All.Select(resource => $"{resource.Kind}/{resource.Metadata.Name}"));
    }

    [TheoryNeeding(Helm.Program), MemberData(nameof(ValuesFiles.All), MemberType = typeof(ValuesFiles))]
    public void Template_AnyConfiguration_SelectorsFindThePods(string valuesFile)
    {
        var manifests = Manifests.Render(ValuesFiles.Arguments(valuesFile));

        IDictionary<string, string> own = manifests.StatefulSet.Spec.Selector.MatchLabels;
        IEnumerable<IDictionary<string, string>> others =
        [
            .. manifests.OfType<V1Service>().Select(service => service.Spec.Selector),
            .. manifests.OfType<PodMonitor>().Select(monitor => monitor.Spec.Selector.MatchLabels),
            .. manifests.OfType<V1PodDisruptionBudget>().Select(budget => budget.Spec.Selector.MatchLabels),
            .. manifests.Pod.Spec.TopologySpreadConstraints.Select(spread => spread.LabelSelector.MatchLabels),
        ];
        Assert.Equal(["app.kubernetes.io/instance", "app.kubernetes.io/name"], own.Keys.Order());
        Assert.Subset(manifests.Pod.Metadata.Labels.ToHashSet(), own.ToHashSet());
        Assert.All(others, selector => Assert.Equal(own.ToHashSet(), selector.ToHashSet()));
    }

    /// <summary>A pod of a job that a service, a budget or the set took for its own would be counted, and scraped.</summary>
    [TheoryNeeding(Helm.Program), MemberData(nameof(ValuesFiles.All), MemberType = typeof(ValuesFiles))]
    public void Template_AnyConfiguration_SelectorsPassHooksOver(string valuesFile)
    {
        var manifests = Manifests.Render(ValuesFiles.Arguments(valuesFile));

        IEnumerable<IDictionary<string, string>> hooks =
        [
            .. manifests.OfType<V1Job>().Select(job => job.Spec.Template.Metadata.Labels),
            .. manifests.OfType<V1Pod>().Select(pod => pod.Metadata.Labels),
        ];
        IDictionary<string, string> own = manifests.StatefulSet.Spec.Selector.MatchLabels;
        Assert.All(hooks, labels => Assert.NotEqual(own["app.kubernetes.io/name"], labels["app.kubernetes.io/name"]));
    }

    [TheoryNeeding(Helm.Program, MachineProgram.KubernetesModels)]
    [MemberData(nameof(ValuesFiles.All), MemberType = typeof(ValuesFiles))]
    public async Task Template_AnyConfiguration_PassesTheSchemas(string valuesFile)
    {
        HelmResult result = Helm.Template(ValuesFiles.Arguments(valuesFile));

        Assert.Empty(await ManifestSchemas.ErrorsAsync(result.Output));
    }

    [FactNeeding(MachineProgram.KubernetesModels)]
    public async Task Errors_ARequiredFieldIsMissing_NamesIt()
    {
        string errors = await ManifestSchemas.ErrorsAsync(
            "apiVersion: v1\nkind: Service\nmetadata:\n  name: one\nspec:\n  ports:\n    - name: http\n");

        Assert.Contains("Service/one", errors, StringComparison.Ordinal);
        Assert.Contains("required property port", errors, StringComparison.Ordinal);
    }

    [FactNeeding(Helm.Program)]
    public void Template_Defaults_PodsStartSideBySideUnderTheHeadlessService()
    {
        var manifests = Manifests.Render();

        V1StatefulSetSpec spec = manifests.StatefulSet.Spec;
        V1Service headless = Assert.Single(manifests.OfType<V1Service>(), service => service.Spec.ClusterIP == "None");
        Assert.Equal("Parallel", spec.PodManagementPolicy);
        Assert.Equal(headless.Metadata.Name, spec.ServiceName);
        Assert.Single(manifests.OfType<V1Service>(), service => service.Spec.ClusterIP is null);
    }

    [FactNeeding(Helm.Program)]
    public void Template_Defaults_ProbesAskTheDaemonsEndpoints()
    {
        V1Container container = Manifests.Render().Container;

        Assert.Equal(9464, Assert.Single(container.Ports, port => port.Name == "http").ContainerPort);
        Assert.Equal(("/live", "http"), Target(container.StartupProbe));
        Assert.Equal(("/live", "http"), Target(container.LivenessProbe));
        Assert.Equal(("/ready", "http"), Target(container.ReadinessProbe));
        static (string, string) Target(V1Probe probe) => (probe.HttpGet.Path, probe.HttpGet.Port.Value);
    }

    [FactNeeding(Helm.Program)]
    public void Template_Defaults_LeaveOptionalResourcesOut()
    {
        var manifests = Manifests.Render();

        Assert.Equal(
            ["ConfigMap", "ConfigMap", "Job", "Pod", "Service", "Service", "ServiceAccount", "StatefulSet"],
            manifests.All.Select(resource => resource.Kind).Order(StringComparer.Ordinal));
    }

    [FactNeeding(Helm.Program)]
    public void Template_Budget_HoldsNoDrainUpForPodsThatAreNotReady()
    {
        V1PodDisruptionBudget budget = Manifests.Render("--set", "podDisruptionBudget.enabled=true").Single<V1PodDisruptionBudget>();

        Assert.Equal("AlwaysAllow", budget.Spec.UnhealthyPodEvictionPolicy);
        Assert.Equal("1", budget.Spec.MaxUnavailable.Value);
    }

    [FactNeeding(Helm.Program)]
    public void Template_OtherConfiguration_RollsThePods()
    {
        V1PodTemplateSpec one = Manifests.Render().Pod;

        V1PodTemplateSpec other = Manifests.Render("--set", "config.Input.Topic=others").Pod;

        Assert.NotEqual(one.Metadata.Annotations["checksum/config"], other.Metadata.Annotations["checksum/config"]);
    }
}
