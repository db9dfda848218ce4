using Chart.Tests.Monitoring;

namespace Chart.Tests;

/// <summary>What an installation tells to do next.</summary>
public sealed class NotesTests
{
    [TheoryNeeding(Helm.Program), MemberData(nameof(ValuesFiles.All), MemberType = typeof(ValuesFiles))]
    public void Install_AnyConfiguration_TellsNextStepsByTheNamesThatThereAre(string valuesFile)
    {
        string[] arguments = ["--namespace", "telemetry", .. ValuesFiles.Arguments(valuesFile)];
        string name = Manifests.Render(arguments).StatefulSet.Metadata.Name;

        string notes = Notes(arguments);

        Assert.Contains($"kubectl --namespace telemetry rollout status statefulset/{name}", notes, StringComparison.Ordinal);
        Assert.Contains("helm --namespace telemetry test test", notes, StringComparison.Ordinal);
        Assert.Contains($"kubectl --namespace telemetry port-forward service/{name} 9464", notes, StringComparison.Ordinal);
    }

    [FactNeeding(Helm.Program)]
    public void Install_Notes_LookForMetricsOfTheDaemon()
    {
        string search = Notes().Split('\n').Single(line => line.Contains("grep", StringComparison.Ordinal));

        string[] parts = [.. search.Split("-e ").Skip(1).Select(part => part.Trim())];
        Assert.Equal(2, parts.Length);
        Assert.All(parts, part => Assert.Contains(
            MetricNames.Known, metric => metric.Contains(part, StringComparison.Ordinal)));
    }

    [TheoryNeeding(Helm.Program)]
    [InlineData("topics.job=off", "topics create --dry-run", true)]
    [InlineData("topics.job=create", "topics create --dry-run", false)]
    [InlineData("podMonitor.enabled=false", "Nothing scrapes the pods yet", true)]
    [InlineData("podMonitor.enabled=true", "Nothing scrapes the pods yet", false)]
    public void Install_Notes_NameWhatIsLeftToDo(string setting, string text, bool isThere) =>
        Assert.Equal(isThere, Notes("--set", setting).Contains(text, StringComparison.Ordinal));

    private static string Notes(params string[] arguments)
    {
        HelmResult result = Helm.Install(arguments);
        Assert.True(result.ExitCode == 0, result.Errors);
        return result.Output.Split("\nNOTES:\n")[^1];
    }
}
