namespace Streaming.Daemon.Kafka;

/// <summary>What the brokers say of a topic.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Partitions">Number of partitions.</param>
/// <param name="Id">What tells it from a topic of the same name made later; null before Kafka 2.8, and on
/// the embedded cluster.</param>
/// <param name="CleanupPolicy">What becomes of old records: "delete", "compact" or both; null where this user may not
/// know, or on the embedded cluster.</param>
internal sealed record TopicDescription(string Name, int Partitions, string? Id, string? CleanupPolicy)
{
    /// <summary>Whether records are dropped once there is a newer one of their key; null where that is not told.</summary>
    public bool? IsCompacted => CleanupPolicy?.Split(',').Contains("compact", StringComparer.Ordinal);
}
