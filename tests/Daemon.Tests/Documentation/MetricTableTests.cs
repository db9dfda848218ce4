using Streaming.Daemon.Serving;

namespace Streaming.Daemon.Tests.Documentation;

public sealed class MetricTableTests
{
    [Fact]
    public void MetricsPage_Table_IsTheOneThatTheDaemonServes()
    {
        IEnumerable<string> expected = MetricTable.All.Select(metric => string.Join(
            " | ", Code(metric.Name), $"{metric.Kind}".ToLowerInvariant(), Labels(metric), metric.Meaning));

        IEnumerable<string> documented = Readme.TableOf("metrics.md", "| metric | type | labels | meaning |")
            .Select(cells => string.Join(" | ", cells));

        Assert.Equal(expected, documented);
    }

    private static string Labels(MetricDefinition metric) =>
        metric.Labels.Length == 0 ? "—" : string.Join(", ", metric.Labels.Select(Code));

    private static string Code(string text) => $"`{text}`";
}
