using Daemon.Tests.Serving;
using Streaming.Daemon.Kafka;

namespace Daemon.Tests.Pipeline;

/// <summary>An input that gains partitions where its records are forecast from without being repartitioned.</summary>
public sealed class GrowthTests
{
    private const int Partitions = 3, Gained = 3;

    [Fact]
    public async Task Run_InputGrows_LeavesThePartitionAloneAndTheOthersFlow()
    {
        MemoryBroker broker = RandomStreams.Create(seed: 3);
        using var pod = new Pod(broker, Pod.SmallOptions(gatherRecords: 20));

        pod.RunToEnd(poll => GrowAt(poll, pod));

        Assert.Equal([Gained], pod.StoppedPartitions);
        string reason = Assert.Single(pod.LastReady.Reasons);
        Assert.Contains("topic events has grown: partition 3 is not read", reason, StringComparison.Ordinal);
        Assert.Contains("choose another Application", reason, StringComparison.Ordinal);
        Assert.Equal(Texts(RandomStreams.Reference(seed: 3)), Texts(broker.Output));
        Assert.False(broker.Committed.ContainsKey(Gained));
        Assert.Contains("forecaster_task_state{state=\"stopped\"} 1", await Scrape.LinesAsync(pod.Metrics.Registry));
    }

    [Theory]
    [InlineData(4, 4)] // the output has grown as well
    [InlineData(4, 3)]
    [InlineData(3, 3)] // a process that looked before it grew
    public void Run_RestartAfterGrowth_StillLeavesThePartitionAlone(int found, int output)
    {
        MemoryBroker broker = RandomStreams.Create(seed: 3);
        using (var before = new Pod(broker, Pod.SmallOptions()))
        {
            before.RunToEnd();
        }

        Grow(broker);
        using var pod = new Pod(broker, Pod.SmallOptions(), partitions: new(found, found, output));
        pod.RunToEnd();

        Assert.Equal([Gained], pod.StoppedPartitions);
        Assert.False(broker.Committed.ContainsKey(Gained));
        Assert.Equal(Partitions, CommitNote.Read(0, 0, broker.Notes[0]).BegunWith);
        Assert.Equal(Texts(RandomStreams.Reference(seed: 3)), Texts(broker.Output));
    }

    [Fact]
    public void Run_OutputHasFewerPartitionsFromTheStart_IsRefused()
    {
        MemoryBroker broker = RandomStreams.Create(seed: 3);
        using var pod = new Pod(broker, Pod.SmallOptions(), partitions: new(Partitions, Partitions, Partitions - 1));

        var refused = Assert.Throws<KafkaSetupException>(() => pod.RunToEnd());

        Assert.Contains(
            "'forecasts' has 2 partitions, input topic 'events' has 3", refused.Message, StringComparison.Ordinal);
        Assert.Empty(broker.Committed);
    }

    [Fact]
    public void Run_OffsetsAreGone_TakesTheNumberAsItIs()
    {
        MemoryBroker broker = RandomStreams.Create(seed: 3);
        using (var before = new Pod(broker, Pod.SmallOptions()))
        {
            before.RunToEnd();
        }

        Grow(broker);
        broker.Committed.Clear();
        using var pod = new Pod(broker, Pod.SmallOptions());
        pod.RunToEnd();

        Assert.Empty(pod.StoppedPartitions);
        Assert.Equal(broker.End(Gained), broker.Committed[Gained]);
    }

    [Fact]
    public void Run_LossesWithAPartitionLeftAlone_AreMadeGoodAndDoNotAddUp()
    {
        MemoryBroker broker = RandomStreams.Create(seed: 3);
        using var pod = new Pod(broker, Pod.SmallOptions(gatherRecords: 20));
        int losses = 0;
        long before = 0;
        pod.Port.Fault = call =>
        {
            long committed = broker.Committed.Values.Sum();
            if (call != PortCall.Flush || pod.Port.InFlight == 0 || committed < before + 60)
            {
                return PortFault.None; // what was lost before is not made good yet
            }

            (losses, before) = (losses + 1, committed);
            return PortFault.Lost;
        };

        pod.RunToEnd(poll => GrowAt(poll, pod));

        Assert.InRange(losses, 3, 10);
        Assert.Equal([Gained], pod.StoppedPartitions);
        Assert.Equal(Texts(RandomStreams.Reference(seed: 3)), Texts(broker.Output).Distinct());
    }

    private static void GrowAt(int poll, Pod pod)
    {
        if (poll == 2)
        {
            Grow(pod.Broker);
            pod.Port.Assign(Gained);
        }
    }

    private static void Grow(MemoryBroker broker)
    {
        broker.Grow();
        for (int i = 0; i < 50; i++)
        {
            broker.AddEvent(Gained, "e", Pod.Start.AddSeconds(i), i);
        }
    }

    private static IEnumerable<string> Texts(IEnumerable<OutputMessage> messages) =>
        messages.Where(m => m.Topic == "forecasts").Select(m => m.Whole).Order();
}
