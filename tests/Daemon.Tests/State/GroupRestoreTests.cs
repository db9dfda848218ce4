using System.Text;
using Streaming.Daemon.Configuration;
using Streaming.Inference.Experts;

namespace Daemon.Tests.State;

/// <summary>Series of a group are stored as of different offsets, and each is forecast from what the others had at the time:
/// a replay must find that again.</summary>
public sealed class GroupRestoreTests
{
    private const int Minutes = 260;

    private static readonly string[] Ids = ["a", "b_total", "c", "alone"];

    private static readonly RuleBook Alone = new(StreamLog.Options with
    {
        Rules = [new() { Select = "*", Profile = ExpertProfile.Accuracy, IdleAfter = TimeSpan.Zero }],
    });

    private static readonly RuleBook Grouped = new(StreamLog.Options with
    {
        Rules = [new() { Select = "*", Profile = ExpertProfile.Accuracy, IdleAfter = TimeSpan.Zero }],
        Groups = [new() { Members = Ids[..3] }],
    });

    [Theory]
    [InlineData(1, 1_000_000)]
    [InlineData(2, 20_000)]
    [InlineData(3, 1_500)] // a series a commit
    public void Restore_SeriesOfAGroup_SeeWhatTheySawThen(int seed, long budgetBytes)
    {
        var random = new Random(seed);
        LogEntry[][] log = Log(random);
        LogTask steady = Run(log, Grouped), alone = Run(log, Alone);

        int replayed = RequireSame(steady, log, Grouped, random, budgetBytes);

        Assert.NotEqual(steady.State()[""], alone.State()[""]);
        Assert.InRange(steady.Results.Except(alone.Results).Count(), 200, 3 * Minutes); // groups matter here
        Assert.DoesNotContain(steady.Results.Except(alone.Results), result => result.Contains(" alone ", StringComparison.Ordinal));
        Assert.InRange(replayed, 300, int.MaxValue);
    }

    /// <summary>Late and future times, gaps, silence, members that are let go and come back, that are refused for want of
    /// room, and one that never comes.</summary>
    [Theory]
    [InlineData(5, 100_000)]
    [InlineData(6, 3_000)]
    public void Restore_MembersThatComeAndGo_SeeWhatTheySawThen(int seed, long budgetBytes)
    {
        var random = new Random(seed);
        LogEntry[][] log = StreamLog.Create(random, records: 2_000);
        ForecasterOptions options = StreamLog.Options;
        var rules = new RuleBook(options with
        {
            Series = options.Series with { Profile = ExpertProfile.Accuracy },
            Groups =
            [
                new() { Members = ["g3", "never", "g7", "g11"] },
                new() { Members = ["late1", "late5", "late9"] },
                new() { Members = ["n2_total", "n6_total", "n10_total"] },
            ],
        });
        LogTask steady = Run(log, rules);

        int replayed = RequireSame(steady, log, rules, random, budgetBytes);

        Assert.InRange(replayed, 300, int.MaxValue);
        Assert.Contains(steady.Results, result => result.EndsWith(" SeriesLimit", StringComparison.Ordinal));
        Assert.Contains(steady.Results, result => result.EndsWith(" Late", StringComparison.Ordinal));
        Assert.Contains(steady.Results, result => result.EndsWith(" silent", StringComparison.Ordinal));
    }

    [Fact]
    public void Restore_GroupWithOtherMembers_BeginsAnew()
    {
        LogEntry[][] log = Log(new Random(4));
        LogTask before = Run(log[..^1], Grouped);
        var store = new StateTopic();
        store.Add(before.Commit(nowMs: 1_000, intervalMs: 0, budgetBytes: 1_000_000));
        var smaller = new RuleBook(StreamLog.Options with
        {
            Rules = [new() { Select = "*", Profile = ExpertProfile.Accuracy, IdleAfter = TimeSpan.Zero }],
            Groups = [new() { Members = ["a", "c"] }],
        });

        var task = new LogTask(log, store.Read(new Random(1)), rules: smaller);

        Assert.Equal(3, task.Restored!.Changed); // two that are in another group, one that is in none
        Assert.Equal(4, task.SeriesCount);
        task.TakeNext();
    }

    /// <summary>Reads the log with many restarts: results and state must be those of the task that had none.</summary>
    /// <returns>Records that were read again.</returns>
    private static int RequireSame(LogTask steady, LogEntry[][] log, RuleBook rules, Random random, long budgetBytes)
    {
        var store = new StateTopic();
        var task = new LogTask(log, [], rules: rules);
        var results = new List<string>();
        int replayed = 0;
        for (long nowMs = 0; task.Next < log.Length; nowMs += 100)
        {
            for (int left = random.Next(1, 12); left > 0 && task.Next < log.Length; left--)
            {
                task.TakeNext();
            }

            if (!task.IsReplaying)
            {
                store.Add(task.Commit(nowMs, intervalMs: random.Next(8) * 100, budgetBytes));
                if (random.Next(5) == 0)
                {
                    results.AddRange(task.Results);
                    task = new LogTask(log, store.Read(random), rules: rules);
                    replayed += (int)(task.LiveFrom - task.Next);
                }
            }
        }

        results.AddRange(task.Results);
        Assert.Equal(steady.Results, results);
        Assert.Equal(steady.State(), task.State());
        return replayed;
    }

    private static LogTask Run(LogEntry[][] log, RuleBook rules)
    {
        var task = new LogTask(log, [], rules: rules);
        while (task.Next < log.Length)
        {
            task.TakeNext();
        }

        return task;
    }

    /// <summary>A value of each series a minute, in changing order, some late, some missing.</summary>
    private static LogEntry[][] Log(Random random)
    {
        var log = new List<LogEntry[]>();
        double common = 0, total = 0;
        for (int minute = 0; minute < Minutes; minute++)
        {
            common = (0.8 * common) + random.NextDouble();
            foreach (string id in Ids.OrderBy(_ => random.Next()).Where(_ => random.Next(30) > 0))
            {
                total += 60 * common;
                double value = id == "b_total" ? total : common + random.NextDouble();
                long late = random.Next(12) == 0 ? random.Next(3) : 0;
                long time = StreamLog.Start + ((minute - late) * TimeSpan.TicksPerMinute) + random.NextInt64(TimeSpan.TicksPerMinute);
                log.Add([new(Encoding.UTF8.GetBytes(id), time, value)]);
            }
        }

        return [.. log];
    }
}
