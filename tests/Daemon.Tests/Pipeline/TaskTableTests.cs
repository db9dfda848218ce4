using Microsoft.Extensions.Logging.Abstractions;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Pipeline;

namespace Daemon.Tests.Pipeline;

public sealed class TaskTableTests
{
    private readonly MemoryBroker broker = new(2);

    public TaskTableTests()
    {
        for (int i = 0; i < 50; i++)
        {
            broker.AddEvent(0, "e", Pod.Start.AddSeconds(i), i);
        }
    }

    [Theory]
    [InlineData(null, 0, true, 0, 0)] // no offset: the log's start
    [InlineData(null, 0, false, 30, 50)] // or its end
    [InlineData(40L, 0, true, 20, 40)] // bounded replay
    [InlineData(10L, 0, true, 0, 10)]
    [InlineData(40L, 35, true, 35, 40)] // bounded by what is kept
    [InlineData(10L, 25, true, 25, 25)] // retention ate the committed offset
    [InlineData(50L, 0, true, 30, 50)] // all is done
    public void Open_ReadsAndGoesLiveWhereItShould(
        long? committed, long low, bool earliest, long start, long liveFrom)
    {
        broker.LowMarks[0] = low;
        if (committed is { } offset)
        {
            broker.Committed[0] = offset;
        }

        using Pod pod = CreatePod(earliest);
        TaskTable tasks = Table(pod);
        var starts = new long[1];

        tasks.Open([0], starts);

        Assert.Equal(start, starts[0]);
        Assert.Equal(start, tasks[0].NextOffset);
        Assert.Equal(liveFrom, tasks[0].LiveFrom);
        Assert.Equal(start < liveFrom, tasks[0].IsReplaying);
        Assert.Equal(committed != liveFrom, tasks[0].IsDirty);
        Assert.Equal(liveFrom, tasks[0].CommitOffset);
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

    private static TaskTable Table(Pod pod) =>
        new(pod.Options, pod.Factory, pod.Port, pod.Health.Lane(0), NullLogger.Instance);

    private Pod CreatePod(bool earliest = true)
    {
        ForecasterOptions options = Pod.SmallOptions();
        return new Pod(broker, options with
        {
            Input = options.Input with { StartAtEarliest = earliest },
            Pipeline = options.Pipeline with { RestoreRecords = 20 },
        });
    }
}
