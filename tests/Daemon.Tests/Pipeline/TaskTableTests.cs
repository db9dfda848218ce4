using Microsoft.Extensions.Logging.Abstractions;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Pipeline;

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
    [InlineData(null, 0, "latest", 30, 50)] // or its end
    [InlineData(null, 0, "00:00:15", 15, 35)] // or a time between
    [InlineData(null, 0, "1.00:00:00", 0, 0)]
    [InlineData(null, 40, "00:00:15", 40, 40)] // of which not all is kept
    [InlineData(null, 0, "00:00:00.5", 30, 50)] // or none is that young
    [InlineData(40L, 0, "earliest", 20, 40)] // bounded replay
    [InlineData(10L, 0, "earliest", 0, 10)]
    [InlineData(40L, 35, "earliest", 35, 40)] // bounded by what is kept
    [InlineData(10L, 25, "earliest", 25, 25)] // retention ate the committed offset
    [InlineData(50L, 0, "earliest", 30, 50)] // all is done
    public void Open_ReadsAndGoesLiveWhereItShould(
        long? committed, long low, string start, long readFrom, long liveFrom)
    {
        PartitionTask task = Open(committed, low, start, EmitMode.All, readFrom);

        Assert.Equal(liveFrom, task.LiveFrom);
        Assert.Equal(liveFrom, task.NewFrom);
        Assert.Equal(readFrom < liveFrom, task.IsReplaying);
        Assert.Equal(committed != liveFrom, task.IsDirty);
        Assert.Equal(liveFrom, task.CommitOffset);
    }

    [Theory]
    [InlineData(null, 0, "earliest", 0, 0)]
    [InlineData(null, 10, "Earliest", 10, 10)]
    [InlineData(null, 0, "00:00:15", 30, 35)] // no less than what is restored
    [InlineData(null, 0, "00:00:45", 5, 5)]
    [InlineData(null, 0, "latest", 30, 50)]
    public void Open_EmitLive_ReadsHistoryUpToTheEnd(
        long? committed, long low, string start, long readFrom, long newFrom)
    {
        PartitionTask task = Open(committed, low, start, EmitMode.Live, readFrom);

        Assert.Equal(50, task.LiveFrom);
        Assert.Equal(newFrom, task.NewFrom);
        var attempt = new Attempt(1, readFrom, IsTaking: false, DaemonVersion.Text, life.Name);
        Assert.Equal(
            new PartitionOffset(0, 50, newFrom < 50 ? newFrom : null, Attempt: attempt, BegunWith: 2), task.NextCommit);
    }

    [Fact]
    public void Open_HistoryCommitted_ReadsItWhateverIsConfigured()
    {
        broker.HistoryFrom[0] = 5;

        PartitionTask task = Open(committed: 40, low: 0, "latest", EmitMode.All, readFrom: 5);

        Assert.Equal(40, task.LiveFrom);
        Assert.Equal(5, task.NewFrom);
    }

    [Fact]
    public void Open_CommittedPastTheLogsEnd_SaysWhatToDo()
    {
        broker.Committed[0] = 51;
        using Pod pod = CreatePod();
        TaskTable tasks = Table(pod);

        var refused = Assert.Throws<InvalidOperationException>(() => tasks.Open([0], new long[1]));

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
        TaskTable tasks = Table(pod);

        tasks.Open([0], new long[1]);

        Assert.Equal(4, calls);
        Assert.Equal(40, tasks[0].LiveFrom);
    }

    [Fact]
    public void Open_Refused_Throws()
    {
        using Pod pod = CreatePod();
        pod.Port.Fault = _ => PortFault.Refused;

        Assert.Throws<KafkaPortException>(() => Table(pod).Open([0], new long[1]));
    }

    [Fact]
    public void Close_DropsTheTaskAndItsGauges()
    {
        using Pod pod = CreatePod();
        TaskTable tasks = Table(pod);
        tasks.Open([1, 0], new long[2]);

        tasks.Close(1);
        tasks.Close(1);

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
        TaskTable tasks = Table(pod);
        var starts = new long[1];
        tasks.Open([0], starts);
        Assert.Equal(readFrom, starts[0]);
        Assert.Equal(readFrom, tasks[0].NextOffset);
        return tasks[0];
    }

    private TaskTable Table(Pod pod)
    {
        var starts = new PartitionStarts(
            LaneInput.OfForecasts(pod.Options, Pod.PartitionsOf(pod.Broker)), life, pod.Port, pod.Health.Lane(0), pod.Clock,
            NullLogger.Instance);
        return new(pod.Options, pod.Factory, pod.Port, starts, NullLogger.Instance);
    }

    private Pod CreatePod(string start = "earliest", EmitMode emit = EmitMode.All)
    {
        ForecasterOptions options = Pod.SmallOptions();
        return new Pod(broker, options with
        {
            Input = options.Input with { Start = start },
            Output = options.Output with { Emit = emit },
            Pipeline = options.Pipeline with { RestoreRecords = 20 },
        });
    }
}
