using Simulation.Log;

namespace Simulation.Tests;

public sealed class TransactionCoordinatorTests
{
    private readonly TransactionCoordinator coordinator = new(() => 0);
    private readonly GroupOffsets offsets = new();
    private readonly PartitionLog log = new("topic", 0);
    private readonly TransactionalId id;

    public TransactionCoordinatorTests()
    {
        id = coordinator.Find("a");
        id.TimeoutMs = 1_000;
        Assert.True(coordinator.TryInit(id, nowMs: 0));
    }

    [Fact]
    public void TryInit_TransactionOpen_FencesAtOnceAndIsDoneWhenTheMarksAreThere()
    {
        Open();

        Assert.False(coordinator.TryInit(id, nowMs: 0));
        Assert.Throws<FencedException>(() => coordinator.End(id, epoch: 0, isCommit: true, nowMs: 0));
        Assert.True(offsets.IsUnstable(0));
        Deliver();

        Assert.True(coordinator.TryInit(id, nowMs: 0));
        Assert.False(offsets.IsUnstable(0));
        Assert.Null(offsets.Of(0));
    }

    [Fact]
    public void End_SameAgain_IsDoneOnce()
    {
        Open();

        coordinator.End(id, epoch: 0, isCommit: true, nowMs: 0);
        coordinator.End(id, epoch: 0, isCommit: true, nowMs: 0);
        Deliver();
        coordinator.End(id, epoch: 0, isCommit: true, nowMs: 0);

        Assert.Equal((1, 5L), (coordinator.Commits, offsets.Of(0)?.Offset));
        Assert.Throws<FencedException>(() => coordinator.End(id, epoch: 0, isCommit: false, nowMs: 0));
    }

    [Fact]
    public void Expire_OpenTooLong_AbortsAndFences()
    {
        Open();
        coordinator.Expire(nowMs: 1_000);
        Assert.Equal(0, coordinator.TimedOut);

        coordinator.Expire(nowMs: 1_001);
        Deliver();

        Assert.Equal((1, 0), (coordinator.TimedOut, id.TimedOutEpoch));
        Assert.Null(offsets.Of(0));
        Assert.Throws<FencedException>(() => TransactionCoordinator.TryAdd(id, 0, log, null, nowMs: 0));
    }

    [Fact]
    public void DeliverMarks_SomeDelayed_NoNewTransactionBegins()
    {
        Open();
        coordinator.End(id, epoch: 0, isCommit: true, nowMs: 0);
        int asked = 0;
        coordinator.DeliverMarks(() => asked++ == 0, nowMs: 0);

        Assert.Equal(1, id.MarksDue);
        Assert.False(TransactionCoordinator.TryAdd(id, 0, log, null, nowMs: 0));
        Deliver();
        Assert.True(TransactionCoordinator.TryAdd(id, 0, log, null, nowMs: 0));
    }

    private void Open()
    {
        Assert.True(TransactionCoordinator.TryAdd(id, 0, log, null, nowMs: 0));
        Assert.True(log.TryAppend(id.Producer, 0, "k"u8, "v"u8, null, 0));
        Assert.True(TransactionCoordinator.TryAdd(id, 0, null, offsets, nowMs: 0));
        offsets.Await(id.Producer, new(0, 5));
    }

    private void Deliver() => coordinator.DeliverMarks(() => false, nowMs: 0);
}
