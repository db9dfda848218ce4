using System.Text.Json;
using Integration.Harness;
using Streaming.Daemon.Serving;

namespace Integration;

/// <summary>Fine-tuning beside the running pipeline, and what Prometheus sees of it all.</summary>
public sealed class TrainingTests : IDisposable
{
    private const int Parts = 32, Rows = 250, Held = 3_000;

    private static readonly (string, string)[] Settings =
    [
        ("Training:Mode", "on"), ("Training:Interval", "00:00:01"), ("Training:CpuShare", "1"),
        ("Kafka:Producer:compression.type", "lz4"), // the embedded cluster keeps 5 MiB a partition
    ];

    private readonly TestCluster cluster = new();

    public void Dispose() => cluster.Dispose();

    [Fact]
    public async Task Run_TrainingOn_AdoptsAVersionAndTellsInEveryMetric()
    {
        Deployment deployment = await Deployment.CreateAsync(cluster);
        IReadOnlyList<NabEvent> events = NabSeries.Cut(Parts, Rows);
        using var sender = new EventSender(cluster, deployment.Input);
        await using DaemonProcess daemon = deployment.Start(Settings);

        sender.Send(events.SkipLast(Held));
        await daemon.WaitForAsync("/metrics", (_, page) => Metrics.Parse(page).Any(IsAdopted));
        sender.Send(events.TakeLast(Held));
        using var input = new TopicReader(cluster, deployment.Input);
        IReadOnlyList<Forecast> due = DueForecasts.Of(deployment.Input, input.ReadToEnd());
        using var forecasts = new TopicReader(cluster, deployment.Output);
        forecasts.ReadUntil(due.Count, daemon);
        string page = await daemon.WaitForAsync(
            "/metrics", (_, page) => Metrics.Parse(page)["forecaster_forecasts_published_total"] == due.Count);
        Assert.Equal(0, await daemon.StopAsync());

        Published.OnceEach(due, forecasts.ReadToEnd());
        string[] models = [.. forecasts.Messages.Select(Model).Distinct()];
        Assert.Contains("lstm@1", models);
        Assert.True(models.Length > 1, $"Only {models[0]}.\n{daemon.Log}");
        AssertTold(Metrics.Parse(page), due, input.Messages.Count);
    }

    [FactNeeding("promtool")]
    public async Task Metrics_AfterForecasts_PassPromtool()
    {
        Deployment deployment = await Deployment.CreateAsync(cluster);
        using var sender = new EventSender(cluster, deployment.Input);
        await using DaemonProcess daemon = deployment.Start(Settings);
        sender.Send(NabSeries.Cut(Parts, rows: 100));
        string page = await daemon.WaitForAsync(
            "/metrics", (_, page) => Metrics.Parse(page).Any(sample => sample is
            {
                Key: "forecaster_forecasts_published_total", Value: > 0
            }));

        Assert.Equal("", await ClientProgram.RunAsync("promtool", ["check", "metrics"], page));
    }

    private static bool IsAdopted(KeyValuePair<string, double> sample) =>
        sample.Key.StartsWith("forecaster_model_info{", StringComparison.Ordinal)
        && !sample.Key.Contains("lstm@1\"", StringComparison.Ordinal);

    private static void AssertTold(
        IReadOnlyDictionary<string, double> samples, IReadOnlyList<Forecast> due, int records)
    {
        double Sum(string name) => samples
            .Where(s => s.Key == name || s.Key.StartsWith(name + "{", StringComparison.Ordinal)).Sum(s => s.Value);

        foreach (MetricDefinition metric in MetricTable.All)
        {
            string name = metric.Kind == MetricKind.Histogram ? $"{metric.Name}_count" : metric.Name;
            Assert.Contains(
                samples.Keys, key => key == name || key.StartsWith(name + "{", StringComparison.Ordinal));
        }

        Assert.Equal(due.Count, Sum("forecaster_forecasts_published_total"));
        Assert.Equal(records, Sum("forecaster_records_consumed_total"));
        Assert.Equal(0, Sum("forecaster_records_rejected_total"));
        Assert.Equal(due.DistinctBy(forecast => forecast.Series).Count(), Sum("forecaster_series_active"));
        Assert.Equal(1, Sum("forecaster_model_info"));
        Assert.Equal(0, Sum("forecaster_consumer_lag_records"));
        Assert.InRange(Sum("forecaster_training_runs_total"), 1, double.MaxValue);
        Assert.InRange(samples["forecaster_training_runs_total{result=\"promoted\"}"], 1, double.MaxValue);
        Assert.InRange(samples["forecaster_interval_coverage_ratio"], 0.5, 1);
    }

    private static string Model(KafkaMessage message)
    {
        using JsonDocument json = JsonDocument.Parse(message.Value);
        return json.RootElement.GetProperty("model").GetString()!;
    }
}
