using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Cli.Operations;

/// <summary>Compares the topics that are there with those that a deployment needs; changes nothing.</summary>
/// <param name="cluster">Tells of topics.</param>
/// <param name="topics">The deployment's.</param>
/// <param name="repartitionPartitions">Partitions of a repartition topic that is to be made; 0: as many as the input
/// has.</param>
/// <param name="timeout">How long each request may take.</param>
/// <remarks>Asks for the same as the daemon does at its start (<see cref="KafkaWaiter"/>), and finds all that differs at
/// once.</remarks>
internal sealed class TopicPlanner(
    IClusterMetadata cluster, TopicNames topics, int repartitionPartitions, TimeSpan timeout)
{
    /// <summary>One finding a topic, the input first. Where there is no input, all others wait for it.</summary>
    /// <exception cref="KafkaPortException">The brokers refuse, or don't answer.</exception>
    public IReadOnlyList<TopicFinding> Plan()
    {
        IReadOnlyDictionary<string, int> counts = cluster.PartitionCounts(timeout);
        if (!counts.TryGetValue(topics.Input, out int input))
        {
            return
            [
                new(
                    topics.Input, TopicRole.Input, TopicOutcome.Missing, null, null,
                    "It does not exist, or may not be read by this user. Create it with the partitions that its producers "
                    + "need: those of the other topics follow from it."),
            ];
        }

        var findings = new List<TopicFinding>
        {
            TopicFinding.Of(topics.Input, TopicRole.Input, input, Uncompacted(topics.Input)),
        };
        int forecast = input;
        if (topics.Repartition is { } repartition)
        {
            forecast = counts.GetValueOrDefault(
                repartition, repartitionPartitions > 0 ? repartitionPartitions : input);
            findings.Add(Find(
                counts, repartition, TopicRole.Repartition, forecast, (_, _) => Uncompacted(repartition)));
        }

        int output = counts.GetValueOrDefault(topics.Output, forecast);
        findings.Add(Find(
            counts, topics.Output, TopicRole.Forecasts, forecast, (found, wanted) => Output(found, wanted)));
        findings.Add(Find(
            counts, topics.State, TopicRole.State, output,
            (found, _) => State(found, output, forecast) ?? Compacted(topics.State, "states that are in force")));
        findings.Add(Find(
            counts, topics.Models, TopicRole.Models, 1, (_, _) => Compacted(topics.Models, "the version in force")));
        findings.Add(Find(counts, topics.DeadLetters, TopicRole.DeadLetters, input, (_, _) => null));
        return findings;
    }

    /// <param name="counts">Partitions of all topics.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="role">What it is for.</param>
    /// <param name="wanted">Partitions that it shall be made with.</param>
    /// <param name="problem">What is wrong with it, by the partitions found and wanted.</param>
    private static TopicFinding Find(
        IReadOnlyDictionary<string, int> counts, string topic, TopicRole role, int wanted,
        Func<int, int, KafkaSetupException?> problem) =>
        counts.TryGetValue(topic, out int found)
            ? TopicFinding.Of(topic, role, found, problem(found, wanted))
            : TopicFinding.Absent(topic, role, wanted);

    /// <summary>Fewer than the input pass without repartitioning: that may have grown, which the lanes find out.</summary>
    private KafkaSetupException? Output(int found, int wanted)
    {
        bool mayHaveGrown = topics.Repartition is null && found < wanted;
        return found == wanted || mayHaveGrown
            ? null
            : KafkaSetupException.OfPartitions(
                topics.Output, found, topics.Repartition is null ? "input" : "repartition", topics.Forecast, wanted);
    }

    private KafkaSetupException? State(int found, int output, int forecast) =>
        found == output || found == forecast
            ? null
            : KafkaSetupException.OfState(topics.State, found, topics.Output, output);

    private KafkaSetupException? Uncompacted(string topic) => cluster.Describe(topic, timeout)?.IsCompacted == true
        ? KafkaSetupException.OfCompacted(topic)
        : null;

    private KafkaSetupException? Compacted(string topic, string kept) =>
        cluster.Describe(topic, timeout)?.CleanupPolicy is not (null or "compact")
            ? KafkaSetupException.OfDeleting(topic, kept)
            : null;
}
