using Confluent.Kafka;
using Integration.Harness;

namespace Integration;

/// <summary>What can't be waited for takes the whole process down, with the reason.</summary>
public sealed class FailureTests : IDisposable
{
    private readonly TestCluster cluster = new();

    public void Dispose() => cluster.Dispose();

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public async Task Run_OnePartitionCantBeRead_EndsWith1AndSaysWhatToDo(string lanes)
    {
        Deployment deployment = await Deployment.CreateAsync(cluster);
        CommitPastTheEnd(deployment);
        await using DaemonProcess daemon = deployment.Start(("Pipeline:Lanes", lanes));

        Assert.Equal(1, await daemon.EndAsync());

        Assert.Contains("partition 0", daemon.Log, StringComparison.Ordinal);
        Assert.Contains("choose another Application", daemon.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OutputHasOtherPartitions_EndsWith1AndSaysWhatToDo()
    {
        Deployment deployment = await Deployment.CreateAsync(cluster);
        string few = $"{deployment.Application}-few";
        await cluster.CreateTopicAsync(few, Deployment.Partitions - 1);
        await using DaemonProcess daemon = deployment.Start(("Output:Topic", few));

        Assert.Equal(1, await daemon.EndAsync());

        Assert.Contains($"with {Deployment.Partitions} partitions", daemon.Log, StringComparison.Ordinal);
    }

    [EmbeddedFact]
    public async Task Run_OneOfTwoLanesFails_EndsWith1AndTheNextLosesNothing()
    {
        Deployment deployment = await Deployment.CreateAsync(cluster);
        (string, string)[] settings =
        [
            ("Pipeline:Lanes", "2"), ("Kafka:GroupProtocol", "classic"), ("State:Delivery", "at-least-once"),
        ];
        await using (DaemonProcess publishing = deployment.Start(settings))
        {
            await publishing.WaitUntilReadyAsync();
            Assert.Equal(0, await publishing.StopAsync()); // there is a version now: the next producers are lanes'
        }

        using var sender = new EventSender(cluster, deployment.Input);
        sender.Send(NabSeries.Interleaved(streams: 8, rows: 50));
        cluster.RefuseOneProducer();
        await using (DaemonProcess first = deployment.Start(settings))
        {
            Assert.Equal(1, await first.EndAsync());
        }

        using var input = new TopicReader(cluster, deployment.Input);
        IReadOnlyList<Forecast> due = DueForecasts.Of(deployment.Input, input.ReadToEnd());
        using var forecasts = new TopicReader(cluster, deployment.Output);
        await using DaemonProcess second = deployment.Start(settings);
        forecasts.ReadUntilDistinct(due.Count, second);
        Assert.Equal(0, await second.StopAsync());

        Published.AtLeastOnceEach(due, forecasts.ReadToEnd());
    }

    private void CommitPastTheEnd(Deployment deployment)
    {
        var partition = new TopicPartition(deployment.Input, 0);
        using IConsumer<Ignore, Ignore> consumer = new ConsumerBuilder<Ignore, Ignore>(new ConsumerConfig
        {
            BootstrapServers = cluster.BootstrapServers,
            GroupId = deployment.Application,
            EnableAutoCommit = false,
        }).SetLogHandler((_, _) => { }).Build();
        consumer.Assign(partition);
        consumer.Commit([new TopicPartitionOffset(partition, 1_000)]);
    }
}
