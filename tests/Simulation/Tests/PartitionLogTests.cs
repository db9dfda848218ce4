using Simulation.Log;

namespace Simulation.Tests;

public sealed class PartitionLogTests
{
    private readonly PartitionLog log = new("topic", 0);

    [Fact]
    public void Next_GapsMarksAndAbortedRecords_PassesOverThem()
    {
        Plain("a");
        log.Skip(5);
        Transactional(producer: 0, "b");
        log.Mark(producer: 0, epoch: 0, isCommit: false);
        Transactional(producer: 0, "c");
        log.Mark(producer: 0, epoch: 0, isCommit: true);
        log.ReplicateAll();

        Assert.Equal([0L, 8], Read(log.StableEnd));
        Assert.Equal(10, log.StableEnd);
    }

    [Fact]
    public void StableEnd_TransactionOpen_IsItsFirstRecord()
    {
        Plain("a");
        Transactional(producer: 0, "b");
        Plain("c");
        log.Replicate(2);
        Assert.Equal((2, 1), (log.HighWatermark, log.StableEnd));

        log.ReplicateAll();
        Assert.Equal((3, 1), (log.HighWatermark, log.StableEnd));

        log.Mark(producer: 0, epoch: 0, isCommit: true);
        Assert.Equal((3, 3), (log.HighWatermark, log.StableEnd));
        Assert.Equal([0L, 1, 2], Read(log.StableEnd));
    }

    [Fact]
    public void TryAppend_FencedProducer_IsTakenUntilTheMarkArrives()
    {
        Assert.True(TryAppend(producer: 3, epoch: 1));
        Assert.True(TryAppend(producer: 3, epoch: 1));

        log.Mark(producer: 3, epoch: 2, isCommit: false);

        Assert.False(TryAppend(producer: 3, epoch: 1));
        Assert.True(TryAppend(producer: 3, epoch: 2));
        log.ReplicateAll();
        Assert.Empty(Read(log.StableEnd));
    }

    [Fact]
    public void Clean_KeysAndNulls_LeavesTheLastAndLetsNullsStayForAWhile()
    {
        var cleaner = new LogCleaner();
        Plain("a");
        Plain("b");
        Plain("a");
        log.Append("b"u8, default, null, 0);
        log.ReplicateAll();

        Assert.Equal(2, cleaner.Clean(log, upTo: log.End, nowMs: 0));
        Assert.Equal([2L, 3], Read(log.StableEnd));
        Assert.Equal(0, cleaner.Clean(log, upTo: log.End, nowMs: 10_000));
        Assert.Equal(1, cleaner.Clean(log, upTo: log.End, nowMs: 100_000));
        Assert.Equal([2L], Read(log.StableEnd));
    }

    [Fact]
    public void Clean_TransactionOpen_StopsBeforeIt()
    {
        Plain("a");
        Plain("a");
        Transactional(producer: 0, "x");
        Plain("a");
        log.ReplicateAll();

        new LogCleaner().Clean(log, upTo: log.End, nowMs: 0);

        log.Mark(producer: 0, epoch: 0, isCommit: true);
        Assert.Equal([1L, 2, 3], Read(log.HighWatermark));
    }

    private void Plain(string key) => log.Append(System.Text.Encoding.UTF8.GetBytes(key), "v"u8, null, 0);

    private void Transactional(int producer, string key) => Assert.True(log.TryAppend(
        producer, 0, System.Text.Encoding.UTF8.GetBytes(key), "v"u8, null, 0));

    private bool TryAppend(int producer, int epoch) => log.TryAppend(producer, epoch, "k"u8, "v"u8, null, 0);

    private List<long> Read(long end)
    {
        var offsets = new List<long>();
        long position = 0;
        for (int i = log.Next(ref position, end); i >= 0; i = log.Next(ref position, end))
        {
            offsets.Add(log.Entries[i].Offset);
        }

        return offsets;
    }
}
