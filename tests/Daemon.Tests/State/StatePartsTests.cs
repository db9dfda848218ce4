using Streaming.Daemon.Pipeline;
using Streaming.Daemon.State;

namespace Daemon.Tests.State;

/// <summary>Series that are too large for one message: whatever is left of their parts, a series is as it was stored,
/// or known to be damaged.</summary>
public sealed class StatePartsTests
{
    private const int PartBytes = 200;

    /// <summary>At least once, that is: a transaction is whole or not there.</summary>
    [Theory]
    [InlineData(7)]
    [InlineData(10)]
    [InlineData(11)]
    public void Finish_WriterDiedAnywhereWithinASecondCommit_LosesNoSeriesAndGoesOn(int seed)
    {
        LogEntry[][] log = StreamLog.Create(new Random(seed), 300);
        (List<(byte[] Key, byte[] Value)> first, List<(byte[] Key, byte[] Value)> second) = Written(log);
        SortedDictionary<string, string> before = new LogTask(log, first).State();
        SortedDictionary<string, string> after = new LogTask(log, [.. first, .. second]).State();
        Assert.Contains(second, record => record.Key[0] == (byte)StateKind.Part);
        Assert.Contains(before.Keys, id => after.ContainsKey(id) && before[id] != after[id]);

        for (int written = 0; written < second.Count; written++)
        {
            var task = new LogTask(log, [.. first, .. second.Take(written)], isExact: false);

            Assert.Equal(0, task.Restored!.Damaged);
            SortedDictionary<string, string> found = task.State();
            Assert.All(before.Keys, id => Assert.True(found.ContainsKey(id) || !after.ContainsKey(id), id));
            Assert.All(found.Where(one => one.Key.Length > 0), one => Assert.True(
                one.Value == before.GetValueOrDefault(one.Key) || one.Value == after.GetValueOrDefault(one.Key), one.Key));
            while (task.Next < log.Length)
            {
                task.TakeNext(); // nothing is thrown
            }

            var all = first.Concat(second.Take(written)).Concat(
                task.Commit(log.Length, intervalMs: 0, budgetBytes: 1 << 30, partBytes: PartBytes)).ToList();
            Assert.Equal(TopicKeys.NamedParts(all), TopicKeys.Live(all, StateKind.Part));
        }
    }

    [Fact]
    public void Finish_APartIsGoneOrDamaged_TheSeriesIsColdAndTheOthersGoOn()
    {
        LogEntry[][] log = StreamLog.Create(new Random(Seed: 8), 300);
        List<(byte[] Key, byte[] Value)> stored = Written(log).First;
        int part = stored.FindIndex(record => record.Key[0] == (byte)StateKind.Part);

        Assert.Equal(1, new LogTask(log, [.. stored.Where((_, i) => i != part)]).Restored!.Damaged);

        stored[part].Value[30] ^= 1;
        Assert.Equal(1, new LogTask(log, stored).Restored!.Damaged);
    }

    [Fact]
    public void Write_ALargeSeries_LeavesNoPartsOfBefore()
    {
        LogEntry[][] log = StreamLog.Create(new Random(Seed: 9), 300);
        (List<(byte[] Key, byte[] Value)> first, List<(byte[] Key, byte[] Value)> second) = Written(log);

        var parts = new Dictionary<byte[], int>(Utf8Comparer.Instance);
        foreach ((byte[] key, byte[] value) in first.Concat(second))
        {
            if (key[0] == (byte)StateKind.Part)
            {
                parts[key] = value.Length;
            }
        }

        var slots = parts.Where(part => part.Value > 0)
            .Select(part => (Id: Convert.ToHexString(part.Key[2..]), Slot: part.Key[1] >> 7));
        Assert.All(slots.Distinct().CountBy(part => part.Id), id => Assert.Equal(1, id.Value));
        Assert.Contains(parts.Values, length => length == 0);
        Assert.All(parts.Values, length => Assert.InRange(length, 0, PartBytes + 32));
    }

    /// <summary>Two commits of one task, the second with some records more.</summary>
    private static (List<(byte[] Key, byte[] Value)> First, List<(byte[] Key, byte[] Value)> Second) Written(
        LogEntry[][] log)
    {
        var task = new LogTask(log, []);
        List<(byte[] Key, byte[] Value)> Commit(int until)
        {
            while (task.Next < until)
            {
                task.TakeNext();
            }

            return task.Commit(until, intervalMs: 0, budgetBytes: 1 << 30, partBytes: PartBytes);
        }

        return (Commit(150), Commit(200));
    }
}
