using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using Streaming.Daemon.Serving;

namespace Daemon.Tests.Serving;

public sealed partial class ForecasterMetricsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ForecasterMetrics metrics = new(new FakeTimeProvider(Now));

    [Fact]
    public async Task Registry_FedEverywhere_ExportsTheTableAndNothingElse()
    {
        MetricFeed.FeedAll(metrics);

        string[] lines = await Scrape.LinesAsync(metrics.Registry);

        foreach (MetricDefinition metric in MetricTable.All)
        {
            Assert.Contains($"# HELP {metric.Name} {metric.Meaning}", lines);
            Assert.Contains($"# TYPE {metric.Name} {metric.Kind.ToString().ToLowerInvariant()}", lines);
            string sample = metric.Name + (metric.Kind == MetricKind.Histogram ? "_sum" : "");
            string[] labels = lines
                .Select(line => SampleLine().Match(line))
                .First(match => match.Groups["name"].Value == sample)
                .Groups["label"].Captures.Select(label => label.Value)
                .ToArray();
            Assert.Equal(metric.Labels, labels);
        }

        string[] exported =
        [
            .. lines.Where(line => line.StartsWith("# TYPE forecaster_", StringComparison.Ordinal))
                .Select(line => line.Split(' ')[2]),
        ];
        Assert.Equal(MetricTable.All.Select(metric => metric.Name).Order(), exported.Order());
        Assert.DoesNotContain(lines, line => line.Contains("eventcounter", StringComparison.OrdinalIgnoreCase)
            || line.StartsWith("# TYPE prometheus_net", StringComparison.Ordinal));
    }

    [Fact]
    public void Table_Names_FollowPrometheus()
    {
        Assert.All(MetricTable.All, metric =>
        {
            Assert.Matches("^forecaster_[a-z_]+$", metric.Name);
            Assert.Equal(metric.Kind == MetricKind.Counter, metric.Name.EndsWith("_total", StringComparison.Ordinal));
            Assert.DoesNotContain("series", metric.Labels);
            Assert.EndsWith(".", metric.Meaning, StringComparison.Ordinal);
        });
        Assert.Equal(MetricTable.All.Count, MetricTable.All.Distinct().Count());
    }

    [Fact]
    public async Task Lane_Several_AreSummedAndTheWorstLagCounts()
    {
        (metrics.Lane(0).SeriesActive, metrics.Lane(1).SeriesActive) = (3, 4);
        (metrics.Lane(0).SeriesCold, metrics.Lane(1).SeriesCold) = (2, 4);
        (metrics.Lane(0).StateBytes, metrics.Lane(1).StateBytes) = (100, 200);
        (metrics.Lane(0).TasksRestoring, metrics.Lane(1).TasksRunning) = (1, 2);
        (metrics.Lane(0).NewestEventTicks, metrics.Lane(1).NewestEventTicks) =
            (Now.AddSeconds(-9).UtcTicks, Now.AddSeconds(-2.5).UtcTicks);
        _ = metrics.Lane(2);

        string[] lines = await Scrape.LinesAsync(metrics.Registry);

        Assert.Contains("forecaster_series_active 7", lines);
        Assert.Contains("forecaster_series_cold 6", lines);
        Assert.Contains("forecaster_state_bytes 300", lines);
        Assert.Contains("forecaster_task_state{state=\"restoring\"} 1", lines);
        Assert.Contains("forecaster_task_state{state=\"running\"} 2", lines);
        Assert.Contains("forecaster_event_time_lag_seconds 9", lines);
    }

    [Fact]
    public async Task Unfed_Gauges_AreNotExported()
    {
        string[] lines = await Scrape.LinesAsync(metrics.Registry);

        Assert.DoesNotContain(lines, line => line.StartsWith("forecaster_event_time_lag", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.StartsWith("forecaster_interval", StringComparison.Ordinal));
        Assert.Contains("forecaster_training_runs_total{result=\"promoted\"} 0", lines);
    }

    [Fact]
    public async Task Partition_MovesBetweenLanes_StaysUntilTheLastOwnerLetsGo()
    {
        PartitionMetrics first = metrics.Partition("t", 5);
        PartitionMetrics second = metrics.Partition("t", 5);
        first.Dispose();
        second.SetLag(12);
        Assert.Contains(
            "forecaster_consumer_lag_records{topic=\"t\",partition=\"5\"} 12",
            await Scrape.LinesAsync(metrics.Registry));

        second.Dispose();

        Assert.DoesNotContain(
            await Scrape.LinesAsync(metrics.Registry),
            line => line.Contains("partition=\"5\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SetModelVersion_Again_ReplacesTheOneBefore()
    {
        metrics.SetModelVersion("1");
        metrics.SetModelVersion("2");
        metrics.SetModelVersion("2");

        string[] lines = await Scrape.LinesAsync(metrics.Registry);

        Assert.Contains("forecaster_model_info{version=\"2\"} 1", lines);
        Assert.DoesNotContain(lines, line => line.Contains("version=\"1\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ObserveWave_CountsStepsAndTime()
    {
        metrics.ObserveWave(100, TimeSpan.FromMilliseconds(2));
        metrics.ObserveWave(300, TimeSpan.FromMilliseconds(3));

        string[] lines = await Scrape.LinesAsync(metrics.Registry);

        Assert.Contains("forecaster_step_duration_seconds_sum 0.005", lines);
        Assert.Contains("forecaster_step_duration_seconds_count 400", lines);
        Assert.Contains("forecaster_wave_size_sum 400", lines);
        Assert.Contains("forecaster_wave_size_count 2", lines);
    }

    [Fact]
    public async Task Accuracy_Ratios_AreOfSumsAndForgetTheOld()
    {
        metrics.Accuracy.AddErrors(horizonSteps: 1, count: 10, errorSum: 1, naiveErrorSum: 2);
        metrics.Accuracy.AddErrors(horizonSteps: 6, count: 10, errorSum: 3, naiveErrorSum: 0);
        metrics.Accuracy.AddCoverage(count: 10, covered: 9);
        string[] lines = await Scrape.LinesAsync(metrics.Registry);
        Assert.Contains("forecaster_forecast_error_ratio{horizon=\"1\"} 0.5", lines);
        Assert.DoesNotContain(lines, line => line.Contains("horizon=\"6\"", StringComparison.Ordinal));
        Assert.Contains("forecaster_interval_coverage_ratio 0.9", lines);

        metrics.Accuracy.AddErrors(horizonSteps: 1, count: 5_000_000, errorSum: 4e6, naiveErrorSum: 2e6);

        Assert.Contains(
            "forecaster_forecast_error_ratio{horizon=\"1\"} 2", await Scrape.LinesAsync(metrics.Registry));
    }

    [Fact]
    public async Task Accuracy_Weights_AreMeansThatForgetTheOld()
    {
        metrics.Accuracy.AddWeights(count: 4, [3, 0, 0, 1, 0, 0, 0, 0, 0]);
        string[] lines = await Scrape.LinesAsync(metrics.Registry);
        Assert.Contains("forecaster_expert_weight_ratio{expert=\"persistence\"} 0.75", lines);
        Assert.Contains("forecaster_expert_weight_ratio{expert=\"network\"} 0.25", lines);

        metrics.Accuracy.AddWeights(count: 5_000_000, [0, 0, 0, 5e6, 0, 0, 0, 0, 0]);

        Assert.Contains(
            "forecaster_expert_weight_ratio{expert=\"network\"} 1", await Scrape.LinesAsync(metrics.Registry));
    }

    [GeneratedRegex("""^(?<name>[a-z_]+)(\{((?<label>[a-z]+)="[^"]*",?)*\})? [^ ]+$""")]
    private static partial Regex SampleLine();
}
