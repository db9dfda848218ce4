using System.Text.Json;
using Integration.Harness;
using Streaming.Daemon.Serving;

namespace Integration.Face;

/// <summary>The running demo, scraped by a real Prometheus.</summary>
public sealed class MetricsTests
{
    /// <summary>Exported only where a partition is stopped, which the demo has no reason to.</summary>
    private static readonly string absent = MetricTable.StoppedOffset.Name;

    [FactNeeding(Prometheus.Program)]
    public async Task Demo_ScrapedByPrometheus_AnswersForEachMetricAndEachPanel()
    {
        await using ListeningProcess demo = ListeningProcess.StartDemo("180");
        await using Prometheus prometheus = await Prometheus.StartAsync(await demo.ListeningAsync());

        foreach (MetricDefinition metric in MetricTable.All.Where(metric => metric.Name != absent))
        {
            string sample = metric.Kind == MetricKind.Histogram ? $"{metric.Name}_bucket" : metric.Name;
            await Patience.UntilAsync(
                async () => await prometheus.CountAsync(sample) > 0, () => $"Prometheus knows no {sample}.\n{demo.Log}");
        }

        await Patience.UntilAsync(
            async () => await prometheus.CountAsync("forecaster_transactions_total{result=\"committed\"} > 0") > 0,
            () => "No transaction is counted.");
        foreach (string expression in PanelExpressions())
        {
            await prometheus.CountAsync(expression);
        }
    }

    private static string[] PanelExpressions()
    {
        using JsonDocument dashboard =
            JsonDocument.Parse(File.ReadAllText(RepositoryRoot.Combine("helm", "dashboards", "forecaster.json")));
        return
        [
            .. dashboard.RootElement.GetProperty("panels").EnumerateArray()
                .Where(panel => panel.TryGetProperty("targets", out _))
                .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
                .Select(target => target.GetProperty("expr").GetString()!
                    .Replace("$__rate_interval", "1m", StringComparison.Ordinal)
                    .Replace("$__interval", "1m", StringComparison.Ordinal)
                    .Replace("$job", ".*", StringComparison.Ordinal)
                    .Replace("$instance", ".*", StringComparison.Ordinal)),
        ];
    }
}
