using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Cli.Operations;

/// <summary>Makes the topics that are missing, unless one that is there is not as it must be: then nothing.</summary>
/// <param name="admin">Makes them.</param>
/// <param name="plan">Looks at what there is.</param>
/// <param name="replicationFactor">Replicas of what is made; 0: as the brokers are set.</param>
/// <param name="pause">Waits a moment; throws where it was told to stop.</param>
internal sealed class TopicMaker(
    IClusterAdmin admin, Func<IReadOnlyList<TopicFinding>> plan, int replicationFactor, Action pause)
{
    /// <summary>Looks again that often for topics that were made: brokers tell of them a moment later.</summary>
    private const int Looks = 100;

    /// <summary>Makes them, or has the brokers say whether they would.</summary>
    /// <returns>The topics as they are then.</returns>
    /// <exception cref="KafkaPortException">The brokers refuse, or don't answer.</exception>
    /// <exception cref="KafkaSetupException">What was made does not appear.</exception>
    public IReadOnlyList<TopicFinding> Make(bool onlyTry)
    {
        IReadOnlyList<TopicFinding> before = plan();
        TopicFinding[] missing = [.. before.Where(topic => topic.Outcome == TopicOutcome.Missing)];
        if (missing.Any(topic => topic.Settings is null) || before.Any(topic => topic.Outcome == TopicOutcome.Differs))
        {
            return before;
        }

        foreach (TopicFinding topic in missing)
        {
            admin.CreateTopic(new(topic.Topic, topic.Partitions!.Value, topic.Settings!), replicationFactor, onlyTry);
        }

        return onlyTry ? before : Await([.. missing.Select(topic => topic.Topic)]);
    }

    private IReadOnlyList<TopicFinding> Await(HashSet<string> made)
    {
        for (int look = 0; look < Looks; look++)
        {
            IReadOnlyList<TopicFinding> after = plan();
            if (after.All(topic => topic.Outcome != TopicOutcome.Missing))
            {
                return [.. after.Select(topic => Told(topic, made))];
            }

            pause();
        }

        throw new KafkaSetupException(
            "The brokers have taken the topics but don't tell of them: run it again, or see whether this user may see them.");
    }

    private static TopicFinding Told(TopicFinding topic, HashSet<string> made) =>
        topic.Outcome == TopicOutcome.Fits && made.Contains(topic.Topic)
            ? topic with { Outcome = TopicOutcome.Created }
            : topic;
}
