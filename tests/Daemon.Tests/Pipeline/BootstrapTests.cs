using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;

namespace Daemon.Tests.Pipeline;

/// <summary>A new deployment that reads history silently and publishes from there (Output:Emit live).</summary>
public sealed class BootstrapTests
{
    private const int History = 60;

    private readonly MemoryBroker whole = RandomStreams.Create(seed: 4, partitions: 1);
    private readonly MemoryBroker broker = new(1);
    private readonly string[] expected;
    private readonly long end;

    public BootstrapTests()
    {
        using var pod = new Pod(whole, Pod.SmallOptions());
        pod.RunToEnd();
        broker.LowMarks[0] = whole.LowMarks[0];
        broker.Logs[0].AddRange(whole.Logs[0].Take(History));
        end = broker.End(0);
        expected = ByTopic(whole.Output.Where(message => message.Origin.Offset >= end));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(2_048)]
    public void Run_MoreComesAfterAssignment_PublishesOnlyThatAndTheSameBytes(int gatherRecords)
    {
        using var pod = new Pod(broker, Live(gatherRecords));

        pod.RunToEnd(poll => Script(poll, (1, Grow)));

        Assert.NotEmpty(expected);
        Assert.Equal(expected, ByTopic(broker.Output));
    }

    [Fact]
    public void Run_MovesInMidHistory_NextOwnerReadsOnAndPublishesFromTheSamePlace()
    {
        using (var first = new Pod(broker, Live(gatherRecords: 10)))
        {
            first.Run(poll => Script(poll, (0, () => first.Port.Assign(0)), (3, first.Stop)));
        }

        Assert.Empty(broker.Output);
        Assert.InRange(broker.Committed[0], broker.LowMarks[0] + 1, end - 1);
        Grow();
        ForecasterOptions others = Live();
        using var second = new Pod(
            broker, others with { Input = new() { Start = "latest" }, Output = new() { Emit = EmitMode.All } });

        second.RunToEnd();

        Assert.Equal(expected, ByTopic(broker.Output));
    }

    [Fact]
    public void Run_LossBeforeTheFirstCommit_ReadsHistoryAgainAndPublishesFromTheSamePlace()
    {
        using var pod = new Pod(broker, Live());
        bool lost = false;
        pod.Port.Fault = call => call == PortCall.Flush && pod.Port.InFlight > 0 && !lost && (lost = true)
            ? PortFault.Lost
            : PortFault.None;

        pod.Run(poll => Script(
            poll, (0, () => pod.Port.Assign(0)), (1, Grow), (2, pod.DueCommit), (6, pod.Stop)));

        Assert.True(lost);
        Assert.True(expected.ToHashSet().SetEquals(ByTopic(broker.Output)));
    }

    [Fact]
    public void Run_LogEndsInMarksOfTransactions_IsRestoredThere()
    {
        using var pod = new Pod(broker, Live());
        broker.EndMarks = 2;

        pod.Run(poll => Script(
            poll, (0, () => pod.Port.Assign(0)), (2, pod.DueCommit), (3, Look), (4, pod.Stop)));

        Assert.Empty(broker.Output);
        Assert.Equal(end + 2, broker.Committed[0]);

        void Look() => Assert.Equal(0, pod.Metrics.Lane(0).TasksRestoring);
    }

    [Fact]
    public void Run_EndsBeforeAnythingIsDone_NextOwnerStartsFromTheSamePlace()
    {
        using (var first = new Pod(broker, Live()))
        {
            Assert.Throws<TimeoutException>(() => first.Run(poll => Script(
                poll, (0, () => first.Port.Assign(0)), (1, () => throw new TimeoutException()))));
        }

        Assert.Equal(broker.LowMarks[0], broker.Committed[0]);
        Grow();
        using var second = new Pod(broker, Live());

        second.RunToEnd();

        Assert.Equal(expected, ByTopic(broker.Output));
    }

    [Fact]
    public void Run_EndsBeforeTheFirstCommit_NextOwnerLooksAgain()
    {
        using (var first = new Pod(broker, Live()))
        {
            first.Port.Fault = call => call == PortCall.Flush ? PortFault.Slow : PortFault.None;
            Assert.Throws<TimeoutException>(() => first.Run(poll => Script(
                poll, (0, () => first.Port.Assign(0)), (2, () => throw new TimeoutException()))));
        }

        Assert.Empty(broker.Committed);
        Grow();
        using var second = new Pod(broker, Live());

        second.RunToEnd();

        Assert.Empty(broker.Output);
        Assert.Equal(broker.End(0), broker.Committed[0]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_SilentRecords_FeedTheTrainerIfTheyAreNew(bool isNew)
    {
        var events = new MemoryBroker(1);
        for (int i = 0; i < 40; i++)
        {
            events.AddEvent(0, "e", Pod.Start.AddSeconds(i), i % 7);
        }

        if (!isNew)
        {
            events.Committed[0] = events.End(0);
        }

        ForecasterOptions options = Live();
        using var pod = new Pod(events, options with { Training = new() { ChunkSteps = 4 } }, samples: true);

        pod.RunToEnd();

        Assert.Empty(events.Output);
        Assert.Equal(isNew, pod.Tap!.Reader.TryRead(out _));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void Run_RefusedInSilence_IsCountedIfItIsNewAndNotSent(bool isNew, int count)
    {
        var events = new MemoryBroker(1);
        events.Add(0, "e", "not json");
        if (!isNew)
        {
            events.Committed[0] = 1;
        }

        using var pod = new Pod(events, Live());

        pod.RunToEnd();

        Assert.Empty(events.Output);
        Assert.Equal(count, Enum.GetValues<RejectReason>().Sum(
            reason => pod.Metrics.RecordsRejected.WithLabels(reason.Name()).Value));
    }

    private static ForecasterOptions Live(int gatherRecords = 2_048)
    {
        ForecasterOptions options = Pod.SmallOptions(gatherRecords);
        return options with
        {
            Output = options.Output with { Emit = EmitMode.Live },
        };
    }

    /// <summary>Messages whole, those of each topic in order.</summary>
    private static string[] ByTopic(IEnumerable<OutputMessage> messages) =>
        [.. messages.OrderBy(message => message.Topic).Select(message => message.Whole)];

    private static void Script(int poll, params (int Poll, Action Act)[] acts)
    {
        foreach ((int at, Action act) in acts)
        {
            if (poll == at)
            {
                act();
            }
        }
    }

    private void Grow() => broker.Logs[0].AddRange(whole.Logs[0].Skip(History));
}
