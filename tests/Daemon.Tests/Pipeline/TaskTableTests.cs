using Microsoft.Extensions.Logging.Abstractions;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Pipeline;
using Streaming.Daemon.State;

namespace Daemon.Tests.Pipeline;

public sealed class TaskTableTests
{
    private readonly MemoryBroker broker = new(2);
    private readonly ProcessLife life = new();

    public TaskTableTests()
    {
        for (int i = 0; i < 50; i++)
        {
            broker.AddEvent(0, "e", Pod.Start.AddSeconds(i), i);
        }
    }

    [Theory]
    [InlineData(null, 0, "earliest", 0, 0)] // no offset: the log's start
    [InlineData(null, 0, "latest", 50, 50)] // or its end
    [InlineData(null, 0, "00:00:15", 35, 35)] // or a time between
    [InlineData(null, 0, "1.00:00:00", 0, 0)]
    [InlineData(null, 40, "00:00:15", 40, 40)] // of which not all is kept
    [InlineData(null, 0, "00:00:00.5", 50, 50)] // or none is that young
    [InlineData(40L, 0, "earliest", 0, 40)] // nothing stored: history up to the group's offset
    [InlineData(40L, 0, "00:00:15", 35, 40)]
    [InlineData(40L, 0, "latest", 40, 40)]
    [InlineData(40L, 35, "earliest", 35, 40)] // of what is kept
    [InlineData(10L, 25, "earliest", 25, 25)] // retention ate the committed offset
    [InlineData(50L, 0, "latest", 50, 50)] // all is done
    public void Open_ReadsAndGoesLiveWhereItShould(
        long? committed, long low, string start, long readFrom, long liveFrom)
    {
        PartitionTask task = Open(committed, low, start, EmitMode.All, readFrom);

        Assert.Equal(liveFrom, task.LiveFrom);
        Assert.Equal(liveFrom, task.NewFrom);
        Assert.Equal(readFrom < liveFrom, task.IsReplaying);
        Assert.Equal(readFrom < liveFrom, task.IsRestoring);
        Assert.Equal(committed != liveFrom, task.IsDirty);
        Assert.Equal(liveFrom, task.CommitOffset);
    }

    [Theory]
    [InlineData(0, "earliest", 0)]
    [InlineData(10, "Earliest", 10)]
    [InlineData(0, "00:00:15", 35)]
    [InlineData(0, "latest", 50)]
    public void Open_EmitLive_ReadsHistoryUpToTheEnd(long low, string start, long readFrom)
    {
        PartitionTask task = Open(null, low, start, EmitMode.Live, readFrom);

        Assert.Equal(50, task.LiveFrom);
        Assert.Equal(readFrom, task.NewFrom);
        Assert.False(task.IsRestoring);
        var attempt = new Attempt(1, readFrom, IsTaking: false, DaemonVersion.Text, life.Name);
        Assert.Equal(new PartitionOffset(0, readFrom, Attempt: attempt, BegunWith: 2), task.NextCommit);
    }

    [Fact]
    public void Open_CommittedPastTheLogsEnd_SaysWhatToDo()
    {
        broker.Committed[0] = 51;
        using Pod pod = CreatePod();
        TaskTable tasks = Given(pod, 0);

        var refused = Assert.Throws<InvalidOperationException>(() => tasks.Turn());

        Assert.Contains("offset 51, but the log ends at 50", refused.Message, StringComparison.Ordinal);
        Assert.Contains("choose another Application", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_BrokerAwayForAMoment_AsksAgain()
    {
        broker.Committed[0] = 40;
        using Pod pod = CreatePod();
        int calls = 0;
        pod.Port.Fault = _ => ++calls is 1 or 3 ? PortFault.Retriable : PortFault.None;
        TaskTable tasks = Given(pod, 0);
        var turns = new List<bool>();

        for (int turn = 0; turn < 3; turn++)
        {
            turns.Add(tasks.Turn());
        }

        Assert.Equal([false, false, true], turns);
        Assert.Equal(40, tasks[0].LiveFrom);
    }

    [Fact]
    public void Open_Refused_Throws()
    {
        using Pod pod = CreatePod();
        pod.Port.Fault = _ => PortFault.Refused;

        TaskTable tasks = Given(pod, 0);

        Assert.Throws<KafkaPortException>(() => tasks.Turn());
    }

    [Fact]
    public void Close_DropsTheTaskAndItsGauges()
    {
        using Pod pod = CreatePod();
        TaskTable tasks = Given(pod, 0, 1);
        Assert.Equal([0, 1], tasks.Opening);
        Assert.True(tasks.Turn());

        tasks.Close(1);
        tasks.Close(1);

        Assert.Empty(tasks.Opening);
        Assert.Equal([0], tasks.All.Select(task => task.Partition));
        Assert.False(tasks.Contains(1));
    }

    /// <summary>The task of partition 0, opened a second after its last record.</summary>
    private PartitionTask Open(long? committed, long low, string start, EmitMode emit, long readFrom)
    {
        broker.LowMarks[0] = low;
        if (committed is { } offset)
        {
            broker.Committed[0] = offset;
        }

        using Pod pod = CreatePod(start, emit);
        pod.Clock.Advance(TimeSpan.FromSeconds(50));
        TaskTable tasks = Given(pod, 0);
        Assert.Equal([0], pod.Port.Paused);
        Assert.True(tasks.Turn());
        Assert.Empty(pod.Port.Paused);
        Assert.Equal(readFrom, pod.Port.Position(0));
        Assert.Equal(readFrom, tasks[0].NextOffset);
        return tasks[0];
    }

    /// <summary>A table that was given partitions.</summary>
    private TaskTable Given(Pod pod, params int[] partitions)
    {
        var starts = new PartitionStarts(
            LaneInput.OfForecasts(pod.Options, Pod.PartitionsOf(pod.Broker)), life, pod.Port, pod.Clock,
            NullLogger.Instance);
        var states = new StateTopicReader(pod.Port, pod.Options.StateTopic);
        var outbox = new Outbox(pod.Port, pod.Health.Lane(0), CancellationToken.None);
        var store = new StateStore(outbox, pod.Options.StateTopic, pod.Owner, pod.Options.State);
        var tasks = new TaskTable(
            pod.Options, pod.Factory, pod.Port, pod.Face.History, pod.Health.Lane(0),
            (partition, before) => new TaskRestore(
                partition, before, pod.Options, pod.Factory, starts, store, states,
                new(() => 0, _ => true), pod.Broker.Partitions,
                NullLogger.Instance),
            NullLogger.Instance);
        pod.Port.Subscribe("events", new Listener(tasks));
        pod.Port.Assign(partitions);
        pod.Port.Poll(new RecordBatch(1), TimeSpan.Zero);
        return tasks;
    }

    private Pod CreatePod(string start = "earliest", EmitMode emit = EmitMode.All)
    {
        ForecasterOptions options = Pod.SmallOptions();
        return new Pod(broker, options with
        {
            Input = options.Input with { Start = start },
            Output = options.Output with { Emit = emit },
        });
    }

    private sealed class Listener(TaskTable tasks) : IPartitionListener
    {
        public void Assigned(ReadOnlySpan<int> partitions, Span<long> starts) => tasks.Open(partitions, starts);

        public void Revoked(ReadOnlySpan<int> partitions) => throw new NotSupportedException();

        public void Lost(ReadOnlySpan<int> partitions) => throw new NotSupportedException();
    }
}
