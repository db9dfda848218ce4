using System.Buffers;
using Microsoft.Extensions.Logging.Abstractions;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Pipeline;
using Streaming.Daemon.State;

namespace Daemon.Tests.Pipeline;

/// <summary>A process that stood still restores on, while its successor commits: it must neither go on with what is stale
/// nor blame an operator.</summary>
public sealed class TaskRestoreTests : IDisposable
{
    private const int Records = 400;

    private readonly MemoryBroker broker = new(1);
    private readonly Pod pod;
    private readonly StateTopicReader states;

    public TaskRestoreTests()
    {
        for (int i = 0; i < Records; i++)
        {
            broker.AddEvent(0, "a", Pod.Start.AddMinutes(i), i);
        }

        pod = new Pod(
            broker, Pod.SmallOptions() with { State = new() { Delivery = DeliveryMode.ExactlyOnce } },
            logger: NullLogger<Lane>.Instance);
        states = new StateTopicReader(pod.Port, pod.Options.StateTopic);
    }

    public void Dispose()
    {
        states.Dispose();
        pod.Dispose();
    }

    [Fact]
    public void TryFinish_TheSuccessorCommitsOnBetweenTwoLooks_FindsBothAtTheSamePlace()
    {
        broker.Committed[0] = 100;
        CommitState(300); // the group is asked before that, the state is read after it
        using TaskRestore restore = NewRestore();
        Assert.Null(restore.TryFinish());
        states.Turn(TimeSpan.Zero);
        Assert.Null(restore.TryFinish());
        broker.Committed[0] = 350;
        CommitState(350);
        Assert.Null(restore.TryFinish());

        PartitionTask? task = Turn(restore, turns: 4);

        Assert.Equal(350, task?.NextOffset);
    }

    [Fact]
    public void TryFinish_MarkerMovesOnWithEachLook_GoesOnLooking()
    {
        broker.Committed[0] = 1;
        using TaskRestore restore = NewRestore();
        for (int look = 0; look < 20; look++)
        {
            CommitState(100 + look); // after the group was asked, before the state was read

            Assert.Null(restore.TryFinish());
            states.Turn(TimeSpan.Zero);
            Assert.Null(restore.TryFinish());
        }
    }

    [Theory]
    [InlineData(90)]
    [InlineData(110)]
    public void TryFinish_GroupsOffsetWasSetByHand_IsRefusedWithBothOffsets(long offset)
    {
        broker.Committed[0] = offset;
        CommitState(100);
        using TaskRestore restore = NewRestore();

        var e = Assert.Throws<StateRefusedException>(() => Turn(restore, turns: 20));

        Assert.Contains($"{offset}", e.Message, StringComparison.Ordinal);
        Assert.Contains("set it back to 100", e.Message, StringComparison.Ordinal);
    }

    private PartitionTask? Turn(TaskRestore restore, int turns)
    {
        PartitionTask? task = null;
        for (int turn = 0; turn < turns && task is null; turn++)
        {
            states.Turn(TimeSpan.Zero);
            task = restore.TryFinish();
        }

        return task;
    }

    private TaskRestore NewRestore()
    {
        var partitions = new TopicPartitions(1, 1, 1);
        LaneInput input = LaneInput.OfForecasts(pod.Options, partitions);
        var outbox = new Outbox(pod.Port, pod.Health.Lane(0), CancellationToken.None, DeliveryMode.ExactlyOnce);
        return new(
            0, null, pod.Options, pod.Factory,
            new PartitionStarts(input, pod.Factory.Life, pod.Port, pod.Clock, NullLogger.Instance),
            new StateStore(outbox, pod.Options.StateTopic, pod.Owner, pod.Options.State), states,
            new VersionReach(() => 0, _ => true), statePartitions: 1, NullLogger.Instance);
    }

    private void CommitState(long committed)
    {
        var envelope = new StateEnvelope(0);
        IBufferWriter<byte> content = envelope.Begin();
        MarkerCodec.Write(
            new Marker
            {
                Application = pod.Owner.Application,
                Cluster = "",
                InputTopic = "",
                Era = pod.Owner.Era,
                Committed = committed,
                LiveFrom = 0,
                LowWater = TaskSnapshot.BeforeAll() with { Offset = committed },
                Skipped = [],
                LateRecords = 0,
                Delivery = DeliveryMode.ExactlyOnce,
                Adoptions = [],
            },
            content);
        broker.StatesOf(0).Add(new(
            pod.Options.StateTopic, 0, StateKey.Marker.ToArray(), envelope.Seal(StateKey.Marker).ToArray(), 0, []));
    }
}
