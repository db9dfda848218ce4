using Streaming.Daemon.Configuration;
using Streaming.Daemon.Pipeline;
using Streaming.Daemon.State;

namespace Daemon.Tests.State;

/// <summary>Whatever becomes of commits and records: what is damaged is found, and no key stays in the topic that nothing
/// goes on with.</summary>
public sealed class StoredKeysTests
{
    private const int Records = 400;

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    [InlineData(23)]
    [InlineData(24)]
    public void Commit_AfterAbortsDamageAndOtherRules_LeavesOnlyKeysThatAreGoneOnWith(int seed)
    {
        var random = new Random(seed);
        LogEntry[][] log = StreamLog.Create(random, Records);
        var topic = new List<(byte[] Key, byte[] Value)>();
        var task = new LogTask(log, []);
        int aborted = 0, damaged = 0, changed = 0, lost = 0;
        while (task.Next < Records)
        {
            for (int left = random.Next(1, 12); left > 0 && task.Next < Records; left--)
            {
                task.TakeNext();
            }

            if (task.IsReplaying)
            {
                continue;
            }

            bool isCommitted = random.Next(4) > 0;
            aborted += isCommitted ? 0 : 1;
            topic.AddRange(task.Commit(
                task.Next, random.Next(3) * 10, 1 << 30, isCommitted, partBytes: random.Next(120, 900)));
            if (isCommitted && random.Next(3) == 0)
            {
                bool isDamaging = random.Next(2) == 0, isOther = random.Next(3) == 0;
                List<(byte[] Key, byte[] Value)> read = isDamaging ? Damage(topic, random) : topic;
                task = new LogTask(log, read, rules: isOther ? OtherRules : null);
                damaged += task.Restored?.Damaged ?? 0;
                changed += task.Restored?.Changed ?? 0;
                lost += task.Restored is null ? 1 : 0;
                topic = read;
            }
        }

        topic.AddRange(task.Commit(task.Next, intervalMs: 0, 1 << 30, partBytes: 300));
        task = new LogTask(log, topic);
        topic.AddRange(task.Commit(task.Next, intervalMs: 0, 1 << 30, partBytes: 300));

        Assert.Equal(TopicKeys.NamedParts(topic), TopicKeys.Live(topic, StateKind.Part));
        Assert.Equal(task.Parts.Select(keys => Convert.ToHexString(keys.Id)).Order(), TopicKeys.Live(topic, StateKind.Unit));
        Assert.InRange(aborted, 5, int.MaxValue);
        Assert.InRange(damaged, 1, int.MaxValue);
        Assert.InRange(changed, 1, int.MaxValue);
    }

    [Theory]
    [InlineData(41)]
    [InlineData(42)]
    public void Commit_AfterAborts_LeavesNoPartOfBefore(int seed)
    {
        var random = new Random(seed);
        LogEntry[][] log = StreamLog.Create(random, Records);
        var topic = new List<(byte[] Key, byte[] Value)>();
        var task = new LogTask(log, []);
        while (task.Next < Records)
        {
            task.TakeNext();
            topic.AddRange(task.Commit(
                task.Next, intervalMs: 0, 1 << 30, isCommitted: random.Next(2) == 0, partBytes: random.Next(120, 900)));
        }

        topic.AddRange(task.Commit(task.Next, intervalMs: 0, 1 << 30, partBytes: 300));

        Assert.Equal(TopicKeys.NamedParts(topic), TopicKeys.Live(topic, StateKind.Part));
    }

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    public void Finish_AnyRecordIsDamaged_IsFoundAndTheLogIsReadOn(int seed)
    {
        var random = new Random(seed);
        LogEntry[][] log = StreamLog.Create(random, Records);
        var task = new LogTask(log, []);
        var stored = new List<(byte[] Key, byte[] Value)>();
        while (task.Next < Records / 4 || !TopicKeys.Live(stored, StateKind.Lives).Any())
        {
            task.TakeNext();
            stored.AddRange(task.Commit(task.Next, 30, task.Next < 50 ? 1 << 30 : 2_000, partBytes: 300));
        }

        int[] inForce = [.. stored.Select((record, i) => (record, i)).GroupBy(one => one.record.Key, Utf8Comparer.Instance)
            .Select(key => key.Last()).Where(one => one.record.Value.Length > 0).Select(one => one.i)];
        Assert.Equal(4, inForce.Select(i => stored[i].Key[0]).Distinct().Count());
        foreach (int i in inForce)
        {
            (byte[] key, byte[] value) = stored[i];
            byte[] bad = [.. value];
            bad[random.Next(bad.Length)] ^= (byte)(1 << random.Next(8));
            stored[i] = (key, random.Next(2) == 0 ? bad : value[..random.Next(1, value.Length)]);

            var found = new LogTask(log, stored);

            Assert.Equal(key[0] == (byte)StateKind.Marker, found.HasLostMarker);
            Assert.Equal(found.HasLostMarker ? null : 1, found.Restored?.Damaged);
            Assert.True(!found.HasLostMarker || found.SeriesCount == 0);
            while (found.Next < Records)
            {
                found.TakeNext(); // nothing is thrown
            }

            stored[i] = (key, value);
        }
    }

    private static RuleBook OtherRules => new(new ForecasterOptions
    {
        Series = StreamLog.Options.Series,
        Rules = [new() { Select = "e*", Step = "00:00:30", IdleAfter = TimeSpan.FromMinutes(9) }, .. StreamLog.Options.Rules.Skip(1)],
        Model = StreamLog.Options.Model,
        Pipeline = StreamLog.Options.Pipeline,
    });

    private static List<(byte[] Key, byte[] Value)> Damage(List<(byte[] Key, byte[] Value)> topic, Random random)
    {
        List<(byte[] Key, byte[] Value)> all = [.. topic];
        for (int times = random.Next(1, 4); times > 0; times--)
        {
            int place = random.Next(all.Count);
            if (all[place].Value.Length > 0)
            {
                byte[] value = [.. all[place].Value];
                value[random.Next(value.Length)] ^= 1;
                all[place] = (all[place].Key, value);
            }
        }

        return all;
    }
}
