using Confluent.Kafka.Admin;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Cli.Doctor;

/// <summary>A topic of a deployment that is there, and what is done with it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Partitions">Its partitions.</param>
internal sealed record NeededTopic(string Name, TopicRole Role, IReadOnlyList<PartitionView> Partitions)
{
    /// <summary>What the daemon's user must be allowed.</summary>
    public IReadOnlyList<AclOperation> Rights => Role switch
    {
        TopicRole.Input => [AclOperation.Read],
        TopicRole.Forecasts or TopicRole.DeadLetters => [AclOperation.Write],
        _ => [AclOperation.Read, AclOperation.Write],
    };

    /// <summary>Whether the daemon reads its committed records: what an open transaction holds up.</summary>
    public bool IsRead => Rights.Contains(AclOperation.Read);

    /// <summary>Whether the daemon writes it.</summary>
    public bool IsWritten => Rights.Contains(AclOperation.Write);
}
