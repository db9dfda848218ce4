using System.Text;
using System.Text.Json;
using Integration.Harness;
using Streaming.Daemon.Serving;

namespace Integration;

/// <summary>Fine-tuning beside the running pipeline, and what Prometheus sees of it all.</summary>
public sealed class TrainingTests : IDisposable
{
    private const int Parts = 32, Rows = 1_000, FirstRows = 192, SliceRows = 48, HeldRows = 48;

    private static readonly (string, string)[] Settings =
    [
        ("Model:Pretrained", "false"), // an untrained network is soon outdone
        ("Training:Mode", "on"), ("Training:Interval", "00:00:01"), ("Training:CpuShare", "1"),
        ("Training:BlockSteps", "12"), // many small pieces of evidence
        ("Kafka:Producer:compression.type", "lz4"), // the embedded cluster keeps 5 MiB a partition
    ];

    private readonly TestCluster cluster = new();

    public void Dispose() => cluster.Dispose();

    [Fact]
    public async Task Run_TrainingOn_AdoptsAVersionAndTellsInEveryMetric()
    {
        Deployment deployment = await Deployment.CreateAsync(cluster);
        IReadOnlyList<NabEvent> events = NabSeries.Cut(Parts, Rows);
        int series = events.DistinctBy(made => Encoding.UTF8.GetString(made.Key)).Count();
        using var sender = new EventSender(cluster, deployment.Input);
        await using DaemonProcess daemon = deployment.Start(Settings);

        sender.Send(events.Take(FirstRows * series));
        await AfterRunAsync(daemon, runs: 0);
        await SendUntilAdoptedAsync(
            daemon, sender, events.Skip(FirstRows * series).SkipLast(HeldRows * series).Chunk(SliceRows * series));
        sender.Send(events.TakeLast(HeldRows * series));
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
        await AssertStaysInForceAsync(deployment, Metrics.Parse(page).Single(IsVersion).Key);
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

    /// <summary>Sends a slice after each run: a challenger is judged on what comes after it, so none of this waits on
    /// how fast a machine trains.</summary>
    private static async Task SendUntilAdoptedAsync(
        DaemonProcess daemon, EventSender sender, IEnumerable<NabEvent[]> slices)
    {
        foreach (NabEvent[] slice in slices)
        {
            (_, string page) = await daemon.GetAsync("/metrics");
            sender.Send(slice);
            if (Metrics.Parse(await AfterRunAsync(daemon, Runs(page))).Any(IsAdopted))
            {
                return;
            }
        }

        Assert.Fail($"No version was adopted.\n{daemon.Log}");
    }

    private static Task<string> AfterRunAsync(DaemonProcess daemon, double runs) =>
        daemon.WaitForAsync("/metrics", (_, page) => Runs(page) > runs);

    private static double Runs(string page) => Metrics.Parse(page)
        .Where(sample => sample.Key.StartsWith("forecaster_training_runs_total", StringComparison.Ordinal))
        .Sum(sample => sample.Value);

    /// <summary>Another process goes on with the version that was in force.</summary>
    private static async Task AssertStaysInForceAsync(Deployment deployment, string version)
    {
        await using DaemonProcess next = deployment.Start([.. Settings, ("Training:Mode", "off")]);
        string page = await next.WaitForAsync("/metrics", (_, page) => Metrics.Parse(page).Any(IsVersion));

        Assert.Equal(version, Metrics.Parse(page).Single(IsVersion).Key);
        Assert.Equal(0, await next.StopAsync());
    }

    private static bool IsVersion(KeyValuePair<string, double> sample) =>
        sample.Key.StartsWith("forecaster_model_info{", StringComparison.Ordinal);

    private static bool IsAdopted(KeyValuePair<string, double> sample) =>
        IsVersion(sample) && !sample.Key.Contains("lstm@1\"", StringComparison.Ordinal);

    private static void AssertTold(
        IReadOnlyDictionary<string, double> samples, IReadOnlyList<Forecast> due, int records)
    {
        double Sum(string name) => samples
            .Where(s => s.Key == name || s.Key.StartsWith(name + "{", StringComparison.Ordinal)).Sum(s => s.Value);

        foreach (MetricDefinition metric in MetricTable.All.Where(m => m != MetricTable.StoppedOffset)) // nothing has
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
