using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Cli.Doctor;

/// <summary>Finds transactions that stay open: records after them are not read, however long one waits.</summary>
/// <remarks>Lanes that run have open ones all the time, and end each within Kafka:TransactionTimeout; so do the brokers
/// with those of a crashed lane. One that stands at the same offset for longer belongs to somebody else, or
/// hangs.</remarks>
/// <param name="ends">Asks where the partitions of a topic end.</param>
/// <param name="pause">Lets a second pass.</param>
/// <param name="longest">How long a transaction of ours may be open.</param>
internal sealed class OpenTransactionCheck(
    Func<NeededTopic, IReadOnlyList<LogEnds>> ends, Action pause, TimeSpan longest)
{
    private const string Name = "transactions";
    private const int Grace = 5; // looks, a second apart

    public IEnumerable<Symptom> Look(IReadOnlyList<NeededTopic> topics)
    {
        List<(NeededTopic Topic, LogEnds Open)> open =
            [.. topics.Where(topic => topic.IsRead).SelectMany(topic => OpenIn(topic).Select(one => (topic, one)))];
        int looks = (int)Math.Ceiling(longest.TotalSeconds) + Grace;
        for (int look = 0; look < looks && open.Count > 0; look++)
        {
            pause();
            foreach (IGrouping<NeededTopic, (NeededTopic Topic, LogEnds Open)> of in open.GroupBy(one => one.Topic).ToArray())
            {
                HashSet<(int, long)> now = [.. OpenIn(of.Key).Select(one => (one.Partition, one.Stable))];
                open.RemoveAll(one => one.Topic == of.Key && !now.Contains((one.Open.Partition, one.Open.Stable)));
            }
        }

        return open.Count == 0
            ? [new(Verdict.Ok, Name, "open ones", "none holds up a topic that is read")]
            : open.Select(one => Of(one.Topic.Name, one.Open, looks));
    }

    private IEnumerable<LogEnds> OpenIn(NeededTopic topic) => ends(topic).Where(one => one.HasOpenTransaction);

    private static Symptom Of(string topic, LogEnds open, int seconds)
    {
        FormattableString found =
            $"a transaction is open since offset {open.Stable}, for {seconds} s at least; {open.End - open.Stable} record(s) wait";
        FormattableString abort =
            $"kafka-transactions.sh abort --topic {topic} --partition {open.Partition} --start-offset {open.Stable}";
        return new(
            Verdict.Problem, Name, FormattableString.Invariant($"{topic}-{open.Partition}"),
            FormattableString.Invariant(found),
            "It ends with its producer, or after that one's transaction.timeout.ms. Where it does not, it hangs: "
            + FormattableString.Invariant(abort));
    }
}
