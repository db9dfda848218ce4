using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Cli.Doctor;

/// <summary>Whether every partition can be read and written, and how safely it is kept.</summary>
internal static class ReplicaCheck
{
    private const string Name = "replicas";

    /// <param name="topic">The topic.</param>
    /// <param name="brokers">Brokers of the cluster.</param>
    /// <param name="leastInSync">The topic's min.insync.replicas; null where that is not known.</param>
    public static Symptom Look(NeededTopic topic, int brokers, int? leastInSync)
    {
        string[] headless = Numbers(topic, partition => !partition.HasLeader);
        if (headless.Length > 0)
        {
            return new(
                Verdict.Problem, Name, topic.Name, $"no broker leads partition(s) {string.Join(", ", headless)}",
                "Start the brokers that hold them: kafka-topics.sh --describe --unavailable-partitions names these.");
        }

        int least = leastInSync ?? 1;
        int replicas = topic.Partitions.Min(partition => partition.Replicas);
        if (topic.IsWritten && least > replicas)
        {
            return new(
                Verdict.Problem, Name, topic.Name,
                FormattableString.Invariant($"min.insync.replicas is {least}, and there are {replicas} replica(s)"),
                "Nothing can be written there: lower min.insync.replicas, or add replicas (kafka-reassign-partitions.sh).");
        }

        string[] stuck = Numbers(topic, partition => topic.IsWritten && partition.InSync < least);
        if (stuck.Length > 0)
        {
            return new(
                Verdict.Problem, Name, topic.Name,
                $"fewer replicas are in sync than min.insync.replicas in partition(s) {string.Join(", ", stuck)}",
                "Nothing can be written there until the brokers that lag are back.");
        }

        string[] lagging = Numbers(topic, partition => partition.InSync < partition.Replicas);
        return lagging.Length > 0
            ? new(
                Verdict.Warning, Name, topic.Name,
                $"not all replicas are in sync in partition(s) {string.Join(", ", lagging)}",
                "Bring back the brokers that lag: another failure may stop these partitions.")
            : Spread(topic.Name, brokers, replicas, topic.IsWritten && leastInSync == replicas);
    }

    private static Symptom Spread(string topic, int brokers, int replicas, bool isTight)
    {
        string count = FormattableString.Invariant($"{replicas} replica(s) on {brokers} broker(s), all in sync");
        return (replicas, isTight) switch
        {
            (1, _) when brokers > 1 => new(
                Verdict.Warning, Name, topic, count,
                "What that one broker holds is away, or lost, with it: topics for use want three replicas."),
            ( > 1, true) => new(
                Verdict.Warning, Name, topic, $"{count}; min.insync.replicas is as many",
                "Writing stops as soon as one broker is away, for an upgrade too: set min.insync.replicas one lower."),
            _ => new(Verdict.Ok, Name, topic, count),
        };
    }

    private static string[] Numbers(NeededTopic topic, Func<PartitionView, bool> which) =>
        [.. topic.Partitions.Where(which).Select(one => FormattableString.Invariant($"{one.Partition}"))];
}
