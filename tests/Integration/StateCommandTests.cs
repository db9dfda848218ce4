using System.Text.Json;
using Confluent.Kafka;
using Integration.Harness;

namespace Integration;

/// <summary>What state inspect tells of a topic that a daemon has written.</summary>
public sealed class StateCommandTests : IDisposable
{
    private static readonly string[] Inspect = ["state", "inspect", "--json"];

    private readonly TestCluster cluster = new();

    public void Dispose() => cluster.Dispose();

    [Fact]
    public async Task Inspect_AfterACleanStop_TellsMarkersAndSeriesOfEachPartition()
    {
        Deployment deployment = await StoppedAsync();
        using var input = new TopicReader(cluster, deployment.Input);
        ILookup<int, KafkaMessage> events = input.ReadToEnd().ToLookup(message => message.Partition);

        CommandResult all = await deployment.RunAsync([.. Inspect, "--series", "*"]);

        Assert.True(all.ExitCode == 0, all.Error + all.Output);
        foreach (JsonElement partition in Partitions(all))
        {
            IEnumerable<KafkaMessage> own = events[partition.GetProperty("partition").GetInt32()];
            Assert.Equal("on", partition.GetProperty("goesOn").GetString());
            JsonElement marker = partition.GetProperty("marker");
            Assert.Equal(own.Count(), marker.GetProperty("committed").GetInt64());
            Assert.Equal(own.Count(), marker.GetProperty("lowWater").GetInt64());
            Assert.Equal("lstm@1", marker.GetProperty("adoptions")[0].GetProperty("version").GetString());
            Assert.Equal(
                own.Select(message => message.KeyText).Distinct().Order(StringComparer.Ordinal),
                partition.GetProperty("series").EnumerateArray().Select(series => series.GetProperty("id").GetString()!));
        }

        CommandResult table = await deployment.RunAsync(["state", "inspect", "--partition", "1"]);
        Assert.Contains("goes on", table.Output, StringComparison.Ordinal);
        Assert.Contains(events[1].First().KeyText, table.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_ADamagedRecord_IsNamedAndGivesExitCode2()
    {
        Deployment deployment = await StoppedAsync();
        using var states = new TopicReader(cluster, $"{deployment.Application}-state");
        KafkaMessage unit = states.ReadToEnd().Last(message => message.Key![0] == 1);
        unit.Value![^9] ^= 1;
        using (IProducer<byte[], byte[]> producer = new ProducerBuilder<byte[], byte[]>(
            new ProducerConfig { BootstrapServers = cluster.BootstrapServers }).SetLogHandler((_, _) => { }).Build())
        {
            await producer.ProduceAsync(
                new TopicPartition($"{deployment.Application}-state", unit.Partition),
                new() { Key = unit.Key!, Value = unit.Value });
        }

        CommandResult run = await deployment.RunAsync(Inspect);

        Assert.True(run.ExitCode == 2, run.Error + run.Output);
        JsonElement damaged = Assert.Single(Partitions(run).SelectMany(p => p.GetProperty("damaged").EnumerateArray()));
        Assert.Equal(unit.KeyText[1..], damaged.GetProperty("series").GetString());
        Assert.Equal("checksum", damaged.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Inspect_OtherOptions_TellsWhatARestartWouldDo()
    {
        Deployment deployment = await StoppedAsync();

        CommandResult free = await deployment.RunAsync(Inspect, ("Series:Grace", "00:05:00"));
        CommandResult structure = await deployment.RunAsync(
            Inspect, ("Model:Hidden", "16"), ("Model:Pretrained", "false"));

        Assert.Equal(0, free.ExitCode);
        Assert.All(Partitions(free), p => Assert.Equal("migrates", p.GetProperty("goesOn").GetString()));
        Assert.Equal(2, structure.ExitCode);
        Assert.All(
            Partitions(structure),
            p => Assert.Contains("another form", p.GetProperty("refusal").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Inspect_NoStateTopic_EndsWith1AndSaysSo()
    {
        Deployment deployment = await Deployment.CreateAsync(cluster);

        CommandResult run = await deployment.RunAsync(Inspect, ("Application", $"{deployment.Application}-other"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("does not exist", run.Error, StringComparison.Ordinal);
    }

    private async Task<Deployment> StoppedAsync()
    {
        Deployment deployment = await Deployment.CreateAsync(cluster);
        using var sender = new EventSender(cluster, deployment.Input);
        sender.Send(NabSeries.Interleaved(streams: 12, rows: 60));
        using var input = new TopicReader(cluster, deployment.Input);
        using var forecasts = new TopicReader(cluster, deployment.Output);
        await using DaemonProcess daemon = deployment.Start();
        forecasts.ReadUntilDistinct(DueForecasts.Of(deployment.Input, input.ReadToEnd()).Count, daemon);
        Assert.Equal(0, await daemon.StopAsync());
        return deployment;
    }

    private static JsonElement[] Partitions(CommandResult run) =>
        [.. JsonDocument.Parse(run.Output).RootElement.GetProperty("partitions").EnumerateArray()];
}
