using Streaming.Daemon.Pipeline;
using Streaming.Daemon.State;

namespace Daemon.Tests.State;

/// <summary>Promise 1 for one partition: dropped at any commit and read back, it goes on as if nothing had been.</summary>
public sealed class CheckpointTests
{
    private const int Records = 700;

    [Theory]
    [InlineData(1, 1_000_000)]
    [InlineData(2, 1_000_000)]
    [InlineData(3, 4_000)]
    [InlineData(4, 1_500)]
    [InlineData(5, 1_000_000, 400)]
    [InlineData(6, 4_000, 150)]
    public void Restore_AtRandomCommits_GoesOnWithTheSameBits(
        int seed, long budgetBytes, int partBytes = StatePublisher.PartBytes)
    {
        int crashes = 0, deaths = 0, replayed = 0, refused = 0;
        for (int trial = 0; trial < 12; trial++)
        {
            var random = new Random((seed * 100) + trial);
            LogEntry[][] log = StreamLog.Create(random, Records);
            var steady = new LogTask(log, []);
            var store = new StateTopic();
            var task = new LogTask(log, []);
            var results = new List<string>();
            int committed = 0;
            for (long nowMs = 0; task.Next < Records; nowMs += 100)
            {
                for (int left = random.Next(1, 12); left > 0 && task.Next < Records; left--)
                {
                    task.TakeNext();
                }

                if (task.IsReplaying)
                {
                    continue; // it takes no part in commits
                }

                bool isCommitted = random.Next(5) > 0;
                long paceBytes = random.Next(3) > 0 ? StorePace.FirstBytes : random.Next(4) * 2_000;
                store.Add(task.Commit(nowMs, intervalMs: random.Next(5) * 100, budgetBytes, isCommitted, paceBytes, partBytes));
                committed = isCommitted ? task.Results.Count : committed;
                if (random.Next(4) == 0)
                {
                    for (int lost = random.Next(20); lost > 0 && task.Next < Records; lost--)
                    {
                        task.TakeNext(); // never committed: done again
                    }

                    results.AddRange(task.Results.Take(committed));
                    task = new LogTask(log, store.Read(random));
                    committed = 0;
                    crashes++;
                    deaths += task.Restored?.Lives.Count ?? 0;
                    replayed += (int)(task.LiveFrom - task.Next);
                }
            }

            results.AddRange(task.Results);
            while (steady.Next < Records)
            {
                steady.TakeNext();
            }

            Assert.Equal(steady.Results, results);
            Assert.Equal(steady.State(), task.State());
            refused += results.Count(result => result.EndsWith("SeriesLimit", StringComparison.Ordinal));
        }

        Assert.InRange(crashes, 100, int.MaxValue);
        Assert.InRange(deaths, 5, int.MaxValue);
        Assert.InRange(replayed, 1_000, int.MaxValue);
        Assert.InRange(refused, 50, int.MaxValue);
    }
}
