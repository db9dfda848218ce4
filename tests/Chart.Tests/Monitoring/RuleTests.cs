using k8s;

namespace Chart.Tests.Monitoring;

public sealed class RuleTests
{
    private const string Promtool = "promtool";

    private static readonly string path = RepositoryRoot.Combine("helm", "rules", "forecaster.yaml");
    private static readonly string cases =
        File.ReadAllText(RepositoryRoot.Combine("tests", "Chart.Tests", "Monitoring", "forecaster.test.yaml"));

    private static readonly IList<AlertRule> alerts =
        KubernetesYaml.Deserialize<RuleFile>(File.ReadAllText(path), strict: true).Groups.Single().Rules;

    [FactNeeding(Promtool)]
    public async Task Rules_Promtool_TakesThem()
    {
        string output = await ClientProgram.RunAsync(Promtool, ["check", "rules", path]);

        Assert.Contains($"SUCCESS: {alerts.Count} rules found", output, StringComparison.Ordinal);
    }

    [FactNeeding(Promtool)]
    public async Task Rules_Cases_FireWhereTheyShouldAndNowhereElse()
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, cases.Replace("RULES", path, StringComparison.Ordinal));

            Assert.Contains(
                "SUCCESS", await ClientProgram.RunAsync(Promtool, ["test", "rules", file]), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Rules_Metrics_AreThoseOfTheDaemon() =>
        Assert.Subset(MetricNames.Known.ToHashSet(), MetricNames.In(File.ReadAllText(path)).ToHashSet());

    [Fact]
    public void Rules_EachAlert_SaysWhatToDoAndHasACase()
    {
        string runbook = File.ReadAllText(RepositoryRoot.Combine("docs", "alerts.md"));

        Assert.All(alerts, rule =>
        {
            Assert.Equal(["description", "runbook", "summary"], rule.Annotations.Keys.Order());
            Assert.Equal($"docs/alerts.md#{rule.Alert.ToLowerInvariant()}", rule.Annotations["runbook"]);
            Assert.Contains($"\n## {rule.Alert}\n", runbook, StringComparison.Ordinal);
            Assert.Contains(rule.Alert, cases, StringComparison.Ordinal);
            Assert.Contains(rule.Labels["severity"], new[] { "info", "warning", "critical" });
        });
        Assert.Equal(alerts.Count, alerts.Select(rule => rule.Alert).Distinct().Count());
    }
}
