using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Pipeline.Repartition;
using Streaming.Daemon.Serving;

namespace Daemon.Tests.Pipeline.Repartition;

/// <summary>A new deployment that repartitions a topic with history (Output:Emit live).</summary>
public sealed class RepartitionHistoryTests
{
    private const int History = 60, Targets = 3;

    private readonly MemoryBroker whole = RandomStreams.Create(seed: 4, partitions: 1);
    private readonly MemoryBroker input = new(1);
    private readonly long end;

    public RepartitionHistoryTests()
    {
        input.LowMarks[0] = whole.LowMarks[0];
        input.Logs[0].AddRange(whole.Logs[0].Take(History));
        end = input.End(0);
    }

    [Fact]
    public void Run_HistoryThenMore_TheLaneBehindPublishesWhatIsLiveAsIfItHadPublishedAll()
    {
        using var pod = new RepartitionPod(input, Live(), Targets);
        pod.RunToEnd(poll => Act(poll == 2, Grow));

        string[] live = Behind(input);

        Assert.NotEmpty(live);
        Assert.Equal(Expected(), live);
        Assert.All(input.DeadLetters, letter => Assert.True(letter.Origin.Offset >= end));
        Assert.Equal(new RepartitionNote(Targets, end), CommitNote.Read(0, 0, input.Notes[0]).Repartition);
    }

    [Fact]
    public void Run_MovesInMidHistory_NextOwnerGoesOnThereAndIsLiveFromTheSamePlace()
    {
        using (var first = new RepartitionPod(input, Live(gatherRecords: 10), Targets))
        {
            first.Run(poll =>
            {
                Act(poll == 0, () => first.Port.Assign(0));
                Act(poll == 3, first.Stop);
            });
        }

        Assert.InRange(input.Committed[0], input.LowMarks[0] + 1, end - 1);
        Assert.Equal(new RepartitionNote(Targets, end), CommitNote.Read(0, 0, input.Notes[0]).Repartition);
        Grow();
        using var second = new RepartitionPod(input, Live(), Targets);

        second.RunToEnd();

        Assert.Equal(Expected(), Behind(input));
        Assert.Equal(
            input.Repartitioned.Select(m => m.Origin), input.Repartitioned.Select(m => m.Origin).Distinct());
    }

    [Fact]
    public void Run_LossBeforeTheFirstCommit_IsLiveFromTheSamePlace()
    {
        using var pod = new RepartitionPod(input, Live(), Targets);
        bool lost = false;
        pod.Port.Fault = call => call == PortCall.Flush && pod.Port.InFlight > 0 && !lost && (lost = true)
            ? PortFault.Lost
            : PortFault.None;

        pod.RunToEnd(poll => Act(poll == 1, Grow));

        Assert.True(lost);
        Assert.Equal(new RepartitionNote(Targets, end), CommitNote.Read(0, 0, input.Notes[0]).Repartition);
        Assert.All(input.Repartitioned, m => Assert.Equal(m.Origin.Offset < end, Read(m).Origin.IsSilent));
    }

    [Fact]
    public void Run_PartitionWithoutOffset_CommitsWhereItStarts()
    {
        // Else the next owner would start at the end as it is then, past what came in between.
        ForecasterOptions options = RepartitionPod.Options();
        options = options with { Input = options.Input with { Start = "latest" } };
        using (var first = new RepartitionPod(input, options, Targets))
        {
            first.RunToEnd();
        }

        Assert.Equal(end, input.Committed[0]);
        Grow();
        using var second = new RepartitionPod(input, options, Targets);
        second.RunToEnd();

        Assert.Equal(
            whole.Logs[0].Skip(History).Select(record => record.Offset), input.Output.Select(m => m.Origin.Offset));
        Assert.All(input.Repartitioned, m => Assert.False(Read(m).Origin.IsSilent));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_InputGrows_ReadsTheNewPartitionFromItsBeginningAsLive(bool isLiveOnly)
    {
        ForecasterOptions options = RepartitionPod.Options();
        options = options with
        {
            Input = options.Input with { Start = "latest" },
            Output = options.Output with { Emit = isLiveOnly ? EmitMode.Live : EmitMode.All },
        };
        using (var first = new RepartitionPod(input, options, Targets))
        {
            first.RunToEnd(poll => Act(poll == 0, () => first.Port.Assign(Gain())));
        }

        int later = Gain(); // which a restart finds
        using var second = new RepartitionPod(input, options, Targets);
        second.RunToEnd();

        Assert.Equal(
            Enumerable.Range(later - 1, 2).SelectMany(partition =>
                Enumerable.Range(0, 9).Select(offset => new PartitionOffset(partition, offset))),
            input.Repartitioned.Select(m => m.Origin));
        Assert.All(input.Repartitioned, m => Assert.False(Read(m).Origin.IsSilent));
        Assert.Equal(1, CommitNote.Read(later, 0, input.Notes[later]).BegunWith);
    }

    [Fact]
    public void Run_OffsetsOfTheLaneBehindAreGone_PublishesNothingOldWhereOnlyLiveIsAskedFor()
    {
        using var pod = new RepartitionPod(whole, RepartitionPod.Options(), Targets);
        pod.RunToEnd();
        MemoryBroker topic = RepartitionPod.TopicOf(whole, Targets);
        using var behind = new Pod(topic, Live());

        behind.RunToEnd();

        Assert.NotEmpty(whole.Repartitioned);
        Assert.Empty(topic.Output);
        Assert.All(Enumerable.Range(0, Targets), p => Assert.Equal(topic.End(p), topic.Committed[p]));
    }

    [Fact]
    public void Run_InHistory_RestoresAndTellsHowMuchIsLeft()
    {
        using var pod = new RepartitionPod(input, Live(gatherRecords: 20), Targets);
        List<LanePhase> phases = [];

        pod.RunToEnd(poll =>
        {
            phases.Add(pod.Health.Ready().Lanes[0].State);
            Act(poll == 3, Grow);
        });

        Assert.Contains(LanePhase.Restoring, phases);
        Assert.Equal(LanePhase.Running, phases[^1]);
    }

    private static ForecasterOptions Live(int gatherRecords = 2_048)
    {
        ForecasterOptions options = RepartitionPod.Options(gatherRecords);
        return options with { Output = options.Output with { Emit = EmitMode.Live } };
    }

    private static void Act(bool isTime, Action act)
    {
        if (isTime)
        {
            act();
        }
    }

    /// <summary>What comes of live records where all of them are.</summary>
    private string[] Expected()
    {
        using var pod = new RepartitionPod(whole, RepartitionPod.Options(), Targets);
        pod.RunToEnd();
        MemoryBroker topic = RepartitionPod.TopicOf(whole, Targets);
        using var behind = new Pod(topic, RepartitionPod.Options());
        behind.RunToEnd();
        return [.. topic.Output.Where(m => m.Header("forecaster_reason") != "not-json" && m.Origin.Offset >= end)
            .Select(m => m.Whole).Order()];
    }

    private static string[] Behind(MemoryBroker input)
    {
        MemoryBroker topic = RepartitionPod.TopicOf(input, Targets);
        using var behind = new Pod(topic, RepartitionPod.Options());
        behind.RunToEnd();
        return [.. topic.Output.Select(m => m.Whole).Order()];
    }

    private static RepartitionMessage Read(OutputMessage message)
    {
        Assert.True(RepartitionMessage.TryRead(message.Value, out RepartitionMessage read));
        return read;
    }

    /// <summary>Gives the input one more partition with nine records.</summary>
    private int Gain()
    {
        input.Grow();
        for (int i = 0; i < 9; i++)
        {
            input.AddEvent(input.Partitions - 1, "e", Pod.Start.AddMinutes(i), i);
        }

        return input.Partitions - 1;
    }

    private void Grow() => input.Logs[0].AddRange(whole.Logs[0].Skip(History));
}
