using System.Text;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.State;

namespace Daemon.Tests.State;

/// <summary>What is damaged is found, counted and cold; what is foreign is refused, with what to do.</summary>
public sealed class StateLoaderTests
{
    [Fact]
    public void Finish_ADamagedSeries_IsColdAndTheOthersGoOn()
    {
        LogEntry[][] log = StreamLog.Create(new Random(Seed: 1), 300);
        List<(byte[] Key, byte[] Value)> stored = Stored(log);
        int damaged = stored.FindIndex(record => record.Key[0] == (byte)StateKind.Unit && record.Value.Length > 0);
        string id = Encoding.UTF8.GetString(stored[damaged].Key.AsSpan(1));
        stored[damaged].Value[40] ^= 1;
        var whole = new LogTask(log, Stored(log));

        var task = new LogTask(log, stored);

        Assert.Equal(1, task.Restored!.Damaged);
        Assert.Equal(whole.SeriesCount, task.SeriesCount);
        SortedDictionary<string, string> expected = whole.State(), actual = task.State();
        Assert.Equal(expected.Keys, actual.Keys);
        Assert.Equal([id], expected.Keys.Where(key => expected[key] != actual[key]));
        while (task.Next < log.Length)
        {
            task.TakeNext(); // no divergence is claimed, nothing is thrown
        }
    }

    [Fact]
    public void Finish_RulesOfSomeSeriesHaveChanged_TheyAreColdAndTheOthersGoOn()
    {
        LogEntry[][] log = StreamLog.Create(new Random(Seed: 1), 300);
        var whole = new LogTask(log, Stored(log));
        RuleOptions[] rules = [.. StreamLog.Options.Rules];
        rules[0] = new() { Select = "e*", Step = "00:00:30", IdleAfter = TimeSpan.FromMinutes(9) };
        var changed = new ForecasterOptions
        {
            Series = StreamLog.Options.Series,
            Rules = rules,
            Model = StreamLog.Options.Model,
            Pipeline = StreamLog.Options.Pipeline,
        };

        var task = new LogTask(log, Stored(log), rules: new RuleBook(changed));

        SortedDictionary<string, string> expected = whole.State(), actual = task.State();
        string[] events = [.. expected.Keys.Where(id => id.StartsWith('e'))];
        Assert.NotEmpty(events);
        Assert.Equal((0, events.Length), (task.Restored!.Damaged, task.Restored.Changed));
        Assert.Equal(expected.Keys, actual.Keys);
        Assert.Equal(events, expected.Keys.Where(id => expected[id] != actual[id]));
        while (task.Next < log.Length)
        {
            task.TakeNext();
        }
    }

    [Fact]
    public void Finish_TwoValuesSwapped_AreBothDamaged()
    {
        LogEntry[][] log = StreamLog.Create(new Random(Seed: 2), 300);
        List<(byte[] Key, byte[] Value)> stored = Stored(log);
        int[] units = [.. Enumerable.Range(0, stored.Count).Where(i => stored[i].Key[0] == 1 && stored[i].Value.Length > 0)];
        (stored[units[0]], stored[units[1]]) =
            ((stored[units[0]].Key, stored[units[1]].Value), (stored[units[1]].Key, stored[units[0]].Value));

        Assert.Equal(2, new LogTask(log, stored).Restored!.Damaged);
    }

    [Fact]
    public void Finish_ALaterWholeRecord_HealsTheSeries()
    {
        LogEntry[][] log = StreamLog.Create(new Random(Seed: 3), 300);
        List<(byte[] Key, byte[] Value)> stored = Stored(log);
        int unit = stored.FindIndex(record => record.Key[0] == (byte)StateKind.Unit && record.Value.Length > 0);
        byte[] bad = [.. stored[unit].Value];
        bad[^1] ^= 1;
        stored.Insert(unit, (stored[unit].Key, bad));

        Assert.Equal(0, new LogTask(log, stored).Restored!.Damaged);
    }

    [Theory]
    [InlineData(StatePublisher.PartBytes)]
    [InlineData(200)]
    public void DropBefore_RetentionAteWhatSeriesLack_TheirRecordsGoWithTheNextCommit(int partBytes)
    {
        LogEntry[][] log = StreamLog.Create(new Random(Seed: 12), 300);
        var task = new LogTask(log, []);
        List<(byte[] Key, byte[] Value)> stored = [.. Commit(task, 100, 0), .. Commit(task, 150, 1_000_000)];
        var cut = new LogTask(log, stored, readFrom: 140);
        Assert.NotEmpty(cut.Dropped);

        stored.AddRange(Commit(cut, 160, 0));
        var again = new LogTask(log, stored);

        Assert.Empty(again.Dropped);
        Assert.Equal(cut.State(), again.State());
        string[] kept = [.. stored.GroupBy(r => Convert.ToHexString(r.Key)).Where(key => key.Last().Value.Length > 0)
            .Select(key => key.Key).Where(key => key.StartsWith("01", StringComparison.Ordinal))];
        Assert.Equal(again.SeriesCount, kept.Length);

        List<(byte[] Key, byte[] Value)> Commit(LogTask of, int until, long intervalMs)
        {
            while (of.Next < until)
            {
                of.TakeNext();
            }

            return of.Commit(until, intervalMs, budgetBytes: 1 << 30, partBytes: partBytes);
        }
    }

    [Fact]
    public void Finish_NoMarker_LeavesNothing()
    {
        LogEntry[][] log = StreamLog.Create(new Random(Seed: 4), 300);
        List<(byte[] Key, byte[] Value)> stored = Stored(log);
        stored.RemoveAll(record => record.Key[0] == (byte)StateKind.Marker);

        var task = new LogTask(log, stored);

        Assert.Null(task.Restored);
        Assert.Equal(0, task.SeriesCount);
    }

    [Fact]
    public void Finish_AllKeysNulledAgain_LeavesNothing()
    {
        LogEntry[][] log = StreamLog.Create(new Random(Seed: 6), 300);
        List<(byte[] Key, byte[] Value)> stored = Stored(log);

        var task = new LogTask(log, [.. stored, .. stored.Select(record => (record.Key, Array.Empty<byte>()))]);

        Assert.Null(task.Restored);
        Assert.Equal(0, task.SeriesCount);
    }

    [Fact]
    public void Finish_WhatIsRefusedWasNulledSince_GoesOn()
    {
        LogEntry[][] log = StreamLog.Create(new Random(Seed: 7), 100);
        List<(byte[] Key, byte[] Value)> stored = Stored(log);

        var task = new LogTask(
            log, [.. stored, .. stored.Select(record => (record.Key, Array.Empty<byte>()))], structure: 99);

        Assert.Null(task.Restored);
    }

    [Fact]
    public void Take_AForeignKey_IsRefusedWithAdvice()
    {
        var e = Assert.Throws<StateRefusedException>(() => new LogTask([], [("customer-7"u8.ToArray(), [1])]));

        Assert.Contains("Choose another Application", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Take_AnotherStructure_IsRefusedWithAdvice()
    {
        LogEntry[][] log = StreamLog.Create(new Random(Seed: 5), 100);

        var e = Assert.Throws<StateRefusedException>(() => new LogTask(log, Stored(log), structure: 99));

        Assert.Contains(StateRefusedException.ToDrop, e.Message, StringComparison.Ordinal);
    }

    private static List<(byte[] Key, byte[] Value)> Stored(LogEntry[][] log)
    {
        var task = new LogTask(log, []);
        while (task.Next < log.Length / 2)
        {
            task.TakeNext();
        }

        return task.Commit(nowMs: 1, intervalMs: 0, long.MaxValue / 2);
    }
}
