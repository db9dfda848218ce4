using Confluent.Kafka;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Cli.Operations;

/// <summary>Writes nulls for keys, all or none.</summary>
internal delegate void WriteNulls(IEnumerable<TopicContent> contents);

/// <summary>Carries out a plan.</summary>
/// <remarks>
/// Order: nobody is in a group, nothing was written since the plan → state and versions, in one transaction → the
/// repartition topic → the groups, which the brokers refuse once somebody has joined. Ended anywhere in between it leaves a
/// deployment that a second run brings to the same end; state is never left in part.
/// </remarks>
/// <param name="admin">Groups and deletions.</param>
/// <param name="endsOf">Where the partitions of a topic end now.</param>
/// <param name="writeNulls">Writes to the topics.</param>
internal sealed class ResetRun(
    IClusterAdmin admin, Func<TopicContent, IReadOnlyList<long>> endsOf, WriteNulls writeNulls)
{
    /// <summary>Why a group stands in the way; null where none does.</summary>
    public static string? Obstacle(IEnumerable<ResetGroup> groups)
    {
        if (groups.FirstOrDefault(group => group.Members.Count > 0) is not { } busy)
        {
            return null;
        }

        return $"group '{busy.Name}' has {busy.Members.Count} members ({string.Join(", ", busy.Members)}): stop every "
            + "instance first. One that was stopped leaves after Kafka:SessionTimeout where membership is static.";
    }

    /// <exception cref="KafkaSetupException">Somebody runs.</exception>
    /// <exception cref="KafkaPortException">The brokers refuse, or don't answer.</exception>
    public void Execute(ResetPlan plan)
    {
        if (Obstacle(plan.Groups.Select(group => group with { Members = admin.Members(group.Name) })) is { } obstacle)
        {
            throw new KafkaSetupException($"Nothing was changed: {obstacle}");
        }

        if (plan.Contents.Any(content => !endsOf(content).SequenceEqual(content.Ends)))
        {
            throw new KafkaSetupException(
                "Nothing was changed: an instance has run since this was planned. Run it again.");
        }

        writeNulls(plan.Contents);
        if (plan.Repartition is { Ends.Count: > 0 } repartition)
        {
            admin.DeleteRecords(repartition.Topic, repartition.Ends);
        }

        foreach (ResetGroup group in plan.Groups)
        {
            Delete(group.Name);
        }
    }

    private void Delete(string group)
    {
        try
        {
            admin.DeleteGroup(group);
        }
        catch (KafkaPortException e) when (e.Code == ErrorCode.NonEmptyGroup)
        {
            throw new KafkaSetupException(
                $"An instance has joined group '{group}' in the middle of the reset: stop it, and run the reset again.");
        }
    }
}
