namespace Streaming.Daemon.Kafka;

/// <summary>The settings that topics are made with.</summary>
internal static class TopicSettings
{
    private const string CleanupPolicy = "cleanup.policy";

    private static readonly Dictionary<string, string> Compacted = new() { [CleanupPolicy] = "compact" };

    private static readonly Dictionary<string, string> Deleted = new() { [CleanupPolicy] = "delete" };

    /// <summary>A gigabyte a partition, however old: messages have the timestamps of their records, and brokers would
    /// delete a history as it comes.</summary>
    private static readonly Dictionary<string, string> Passing = new()
    {
        [CleanupPolicy] = "delete",
        ["retention.ms"] = "-1",
        ["retention.bytes"] = "1073741824",
    };

    public static IReadOnlyDictionary<string, string> Of(TopicRole role) => role switch
    {
        TopicRole.State or TopicRole.Models => Compacted,
        TopicRole.Repartition => Passing,
        _ => Deleted,
    };
}
