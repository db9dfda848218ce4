using System.Globalization;
using System.Text;
using System.Text.Json;
using Integration.Harness;

namespace Integration;

/// <summary>Clients by others, in processes of their own, send events and read the forecasts back.</summary>
public sealed class ForeignClientTests : IDisposable
{
    private const int Rows = 500;

    private readonly TestCluster cluster = new();

    public void Dispose() => cluster.Dispose();

    [FactNeeding("kcat")]
    public Task Kcat_SendsTaxiEvents_ReadsOneForecastForEachStep() => RunAsync(
        (topic, lines) => ClientProgram.RunAsync(
            "kcat", ["-P", "-b", cluster.BootstrapServers, "-t", topic, "-K", "\\t"], lines),
        ReadByKcatAsync);

    [FactNeeding(MachineProgram.PythonKafka)]
    public Task PythonKafka_SendsTaxiEvents_ReadsOneForecastForEachStep() => RunAsync(
        (topic, lines) => PythonAsync("produce.py", [topic], lines), ReadByPythonAsync);

    private async Task RunAsync(
        Func<string, string, Task> sendAsync, Func<string, int, Task<IReadOnlyList<KafkaMessage>>> readAsync)
    {
        Deployment deployment = await Deployment.CreateAsync(cluster);
        await using DaemonProcess daemon = deployment.Start();

        await sendAsync(deployment.Input, Lines(NabSeries.Events(NabSeries.Taxi, Rows)));
        using var reader = new TopicReader(cluster, deployment.Output);
        reader.ReadUntil(Rows - 1, daemon);
        Assert.Equal(0, await daemon.StopAsync());
        Forecast[] forecasts = [.. (await readAsync(deployment.Output, Rows - 1)).Select(Forecast.Read)];

        using var events = new TopicReader(cluster, deployment.Input);
        IReadOnlyList<Forecast> due = DueForecasts.Of(deployment.Input, events.ReadToEnd());
        Assert.Equal(Rows - 1, due.Count);
        Assert.Equal(due, forecasts);
        Assert.Equal(due.Count, reader.ReadToEnd().Count);
    }

    private async Task<IReadOnlyList<KafkaMessage>> ReadByKcatAsync(string topic, int count)
    {
        string output = await ClientProgram.RunAsync(
            "kcat",
            [
                "-C", "-b", cluster.BootstrapServers, "-t", topic, "-o", "beginning", "-e", "-q",
                "-f", "%p\\t%o\\t%k\\t%h\\t%s\\n",
            ]);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(ReadLine)];
    }

    private static KafkaMessage ReadLine(string line)
    {
        string[] fields = line.Split('\t');
        return new(
            int.Parse(fields[0], CultureInfo.InvariantCulture), long.Parse(fields[1], CultureInfo.InvariantCulture),
            Encoding.UTF8.GetBytes(fields[2]), Encoding.UTF8.GetBytes(fields[4]),
            fields[3].Split(',').Select(header => header.Split('=', 2)).ToDictionary(h => h[0], h => h[1]));
    }

    private async Task<IReadOnlyList<KafkaMessage>> ReadByPythonAsync(string topic, int count)
    {
        string output = await PythonAsync("consume.py", [topic, $"{count}"]);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(ReadJson)];
    }

    private static KafkaMessage ReadJson(string line)
    {
        using JsonDocument json = JsonDocument.Parse(line);
        JsonElement root = json.RootElement;
        return new(
            root.GetProperty("partition").GetInt32(), root.GetProperty("offset").GetInt64(),
            Encoding.UTF8.GetBytes(root.GetProperty("key").GetString()!),
            Encoding.UTF8.GetBytes(root.GetProperty("value").GetString()!),
            root.GetProperty("headers").EnumerateObject().ToDictionary(h => h.Name, h => h.Value.GetString()!));
    }

    private Task<string> PythonAsync(string script, string[] arguments, string input = "") => ClientProgram.RunAsync(
        MachineProgram.DebianPython,
        [Path.Combine(AppContext.BaseDirectory, "Clients", script), cluster.BootstrapServers, .. arguments], input);

    private static string Lines(IReadOnlyList<NabEvent> events) => string.Concat(
        events.Select(e => $"{Encoding.UTF8.GetString(e.Key)}\t{Encoding.UTF8.GetString(e.Json)}\n"));
}
