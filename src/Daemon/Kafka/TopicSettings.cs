namespace Streaming.Daemon.Kafka;

/// <summary>The settings that topics are made with.</summary>
internal static class TopicSettings
{
    public const string CleanupPolicy = "cleanup.policy";
    public const string LargestBatch = "max.message.bytes";
    public const string LeastInSync = "min.insync.replicas";
    public const string Retention = "retention.ms";
    public const string TimestampType = "message.timestamp.type";

    private static readonly Dictionary<string, string> Compacted = new() { [CleanupPolicy] = "compact" };

    private static readonly Dictionary<string, string> Deleted = new() { [CleanupPolicy] = "delete" };

    /// <summary>A gigabyte a partition, however old: messages have the timestamps of their records, and brokers would
    /// delete a history as it comes.</summary>
    private static readonly Dictionary<string, string> Passing = new()
    {
        [CleanupPolicy] = "delete",
        [Retention] = "-1",
        ["retention.bytes"] = "1073741824",
    };

    public static IReadOnlyDictionary<string, string> Of(TopicRole role) => role switch
    {
        TopicRole.State or TopicRole.Models => Compacted,
        TopicRole.Repartition => Passing,
        _ => Deleted,
    };
}
