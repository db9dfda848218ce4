using System.Globalization;
using System.Text.Json;
using Integration.Harness;

namespace Integration;

/// <summary>Real producers, each with records of its own kind, which the daemon reads as they come.</summary>
/// <remarks>Every value is a step, so what was read can be told from the forecasts, whatever partition a producer
/// without keys has chosen.</remarks>
public sealed class ProducerTests : IDisposable
{
    private const int Rows = 20;

    private static readonly DateTime start = new(2024, 1, 31, 23, 0, 0, DateTimeKind.Utc);

    private readonly TestCluster cluster = new();

    public void Dispose() => cluster.Dispose();

    [FactNeeding("kcat")]
    public Task Kcat_LineProtocolWithoutKeys_IsRecognized() => RunAsync(
        "influx", [],
        (deployment, _) => ClientProgram.RunAsync(
            "kcat", ["-P", "-b", cluster.BootstrapServers, "-t", deployment.Input],
            Lines(row => $"cpu,host=a usage_idle={row}.5,usage_user={row}i {Epoch(row)}000000000")),
        row => [("cpu_usage_idle{host=a}", row + 0.5), ("cpu_usage_user{host=a}", row)]);

    [FactNeeding(MachineProgram.PythonKafka)]
    public Task PythonKafka_TelegrafJson_IsRead() => RunAsync(
        "telegraf-json", [("Input:Format", "telegraf-json")],
        (deployment, _) => ClientProgram.RunAsync(
            MachineProgram.DebianPython, [Client("produce.py"), cluster.BootstrapServers, deployment.Input],
            Lines(row => "docker\t" + $$"""{"fields":{"usage":{{row}},"state":"up"},"name":"docker","tags":"""
                + $$"""{"host":"a"},"timestamp":{{Epoch(row)}}}""")),
        row => [("docker_usage{host=a}", row)]);

    [FactNeeding(MachineProgram.KafkaJs)]
    public Task KafkaJs_PrometheusAdaptersRecords_AreRecognized() => RunAsync(
        "prometheus", [],
        (deployment, _) => KafkaJsAsync(deployment, row => new
        {
            value = JsonSerializer.Serialize(new
            {
                timestamp = Time(row),
                value = row.ToString(CultureInfo.InvariantCulture),
                name = "up",
                labels = new { __name__ = "up", job = "x" },
            }),
        }),
        row => [("up{job=x}", row)]);

    [FactNeeding(MachineProgram.KafkaJs)]
    public Task KafkaJs_CloudEventsInBinaryMode_AreTheirData() => RunAsync(
        "cloudevents", [("Input:Format", "cloudevents")],
        (deployment, _) => KafkaJsAsync(deployment, row => new
        {
            key = "sensor",
            value = Event("sensor", row),
            headers = new Dictionary<string, string>
            {
                ["content-type"] = "application/json",
                ["ce_specversion"] = "1.0",
                ["ce_id"] = $"{row}",
                ["ce_source"] = "/sensors",
                ["ce_type"] = "reading",
                ["ce_time"] = Time(row),
            },
        }),
        row => [("sensor", row)]);

    [FactNeeding("kcat")]
    public Task Kcat_HeadersOfCloudEvents_GoWithTheirData() => RunAsync(
        "cloudevents", [("Input:Format", "cloudevents"), ("Input:SeriesPath", "ce.source")],
        (deployment, _) => ClientProgram.RunAsync(
            "kcat",
            [
                "-P", "-b", cluster.BootstrapServers, "-t", deployment.Input, "-k", "pump/4", "-H", "ce_specversion=1.0",
                "-H", "ce_id=1", "-H", "ce_type=reading", "-H", "ce_source=/plant/4",
            ],
            Lines(row => $$"""{"time":"{{Time(row)}}","value":{{row}}}""")),
        row => [("/plant/4", row)]);

    [FactNeeding(MachineProgram.KafkaJs)]
    public Task KafkaJs_CloudEventsInStructuredMode_AreReadByPaths() => RunAsync(
        "cloudevents",
        [("Input:Format", "cloudevents"), ("Input:SeriesPath", "ce.subject"), ("Input:ValuePath", "celsius")],
        (deployment, _) => KafkaJsAsync(deployment, row => new
        {
            value = JsonSerializer.Serialize(new
            {
                specversion = "1.0",
                id = $"{row}",
                source = "/sensors",
                type = "reading",
                subject = "kitchen",
                time = Time(row),
                data = new { celsius = row },
            }),
            headers = new Dictionary<string, string> { ["content-type"] = "application/cloudevents+json" },
        }),
        row => [("kitchen", row)]);

    [FactNeeding(MachineProgram.RsyslogKafka)]
    public Task Rsyslog_LinesOfALogByTemplate_AreEvents() => RunAsync(
        "json", [],
        (deployment, daemon) =>
        {
            using var rsyslog = Rsyslog.Start(
                cluster, deployment.Input, Lines(row => $"checkout/latency {Time(row)} {row}.25"));
            using var input = new TopicReader(cluster, deployment.Input);
            input.ReadUntil(Rows, daemon);
            return Task.CompletedTask;
        },
        row => [("checkout/latency", row + 0.25)]);

    /// <summary>Has a producer send one record a row, and compares what was read with what was due.</summary>
    /// <param name="format">Format that the daemon must report.</param>
    /// <param name="settings">Its settings for this producer.</param>
    /// <param name="sendAsync">Sends the records.</param>
    /// <param name="values">Values in the record of a row, by series.</param>
    private async Task RunAsync(
        string format, (string Key, string Value)[] settings, Func<Deployment, DaemonProcess, Task> sendAsync,
        Func<int, (string Series, double Value)[]> values)
    {
        Deployment deployment = await Deployment.CreateAsync(cluster);
        await using DaemonProcess daemon = deployment.Start([("Series:Step", "event"), .. settings]);
        (string, DateTime, double)[] due =
        [
            .. Enumerable.Range(0, Rows).SelectMany(row => values(row)
                .Select(value => (value.Series, start.AddSeconds(row), value.Value))),
        ];

        await sendAsync(deployment, daemon);
        using var forecasts = new TopicReader(cluster, deployment.Output);
        forecasts.ReadUntil(due.Length, daemon);
        await daemon.WaitForAsync("/metrics", (_, page) => page.Contains(
            $"forecaster_records_consumed_total{{topic=\"{deployment.Input}\",format=\"{format}\"}} {Rows}\n",
            StringComparison.Ordinal));
        Assert.Equal(0, await daemon.StopAsync());

        Assert.Equal(due.Order(), forecasts.ReadToEnd().Select(Read).Order());
        using var deadLetters = new TopicReader(cluster, deployment.DeadLetters);
        Assert.Empty(deadLetters.ReadToEnd());
    }

    private static (string Series, DateTime Time, double Value) Read(KafkaMessage message)
    {
        using JsonDocument json = JsonDocument.Parse(message.ValueText);
        JsonElement root = json.RootElement;
        return (
            root.GetProperty("series").GetString()!, root.GetProperty("time").GetDateTime(),
            root.GetProperty("value").GetDouble());
    }

    private Task<string> KafkaJsAsync(Deployment deployment, Func<int, object> message) => ClientProgram.RunAsync(
        "node", [Client("produce.cjs"), cluster.BootstrapServers, deployment.Input],
        Lines(row => JsonSerializer.Serialize(message(row))));

    private static string Event(string series, int row) =>
        $$"""{"series":"{{series}}","time":"{{Time(row)}}","value":{{row}}}""";

    private static string Client(string script) => Path.Combine(AppContext.BaseDirectory, "Clients", script);

    private static string Lines(Func<int, string> line) =>
        string.Concat(Enumerable.Range(0, Rows).Select(row => line(row) + "\n"));

    private static string Time(int row) =>
        start.AddSeconds(row).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Epoch(int row) =>
        (new DateTimeOffset(start).ToUnixTimeSeconds() + row).ToString(CultureInfo.InvariantCulture);
}
