using System.Text;

namespace Daemon.Tests.State;

/// <summary>Changes that no step and no record of the series itself tells of: they must be stored all the same.</summary>
public sealed class QuietChangeTests
{
    private static readonly DateTime Start = new(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>A first running total has no rate: its bucket, which another series' record closes, gives no step.
    /// </summary>
    [Fact]
    public void Restore_AfterABucketThatClosedWithoutAStep_StillHasItClosed()
    {
        LogEntry[][] log =
        [
            [Entry("n_total", 10, 5)],
            [Entry("g", 20, 1)],
            [Entry("g", 600, 1)], // closes both
            [Entry("n_total", 50, 6)], // late
            [Entry("n_total", 620, 7)],
            [Entry("g", 1_200, 1)],
        ];
        LogTask steady = new(log, []);

        (LogTask before, LogTask after) = Restored(log, quietly: 3); // the first commit finds the bucket open
        Take(after, 3);
        Take(steady, log.Length);

        Assert.Contains("3 Late", steady.Results);
        Assert.Equal(steady.Results, [.. before.Results, .. after.Results]);
        Assert.Equal(steady.State(), after.State());
    }

    /// <summary>News of silence wait while a step is open: for how long, another series' record decides.</summary>
    [Fact]
    public void Restore_AfterNewsOfSilenceThatWerePutOff_StillHasThemPutOff()
    {
        LogEntry[][] log =
        [
            [Entry("g1", 10, 1)],
            [Entry("g2", 600, 1)], // closes its step; from 960 on it is silent
            [Entry("g1", 810, 1)], // is open until 1,020
            [Entry("g2", 990, 1)],
        ];

        (LogTask before, LogTask after) = Restored(log, quietly: log.Length);

        Assert.Equal(before.State(), after.State());
    }

    /// <summary>Takes some records, the last of which changes another series than its own, commits before it and after
    /// it, and reads back what was stored.</summary>
    private static (LogTask Before, LogTask After) Restored(LogEntry[][] log, int quietly)
    {
        var before = new LogTask(log, []);
        var store = new StateTopic();
        Take(before, quietly - 1);
        store.Add(before.Commit(nowMs: 0, intervalMs: 0, budgetBytes: 1_000_000));
        Take(before, 1);
        store.Add(before.Commit(nowMs: 1, intervalMs: 0, budgetBytes: 1_000_000));
        var after = new LogTask(log, store.Read(new Random(1)));
        Assert.False(after.IsReplaying); // nothing makes it again
        return (before, after);
    }

    private static void Take(LogTask task, int records)
    {
        for (; records > 0; records--)
        {
            task.TakeNext();
        }
    }

    private static LogEntry Entry(string id, int second, double value) =>
        new(Encoding.UTF8.GetBytes(id), Start.AddSeconds(second).Ticks, value);
}
