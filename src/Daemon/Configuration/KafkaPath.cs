namespace Streaming.Daemon.Configuration;

/// <summary>Paths that lead to what Kafka keeps beside a record's value.</summary>
internal static class KafkaPath
{
    /// <summary>As Input:SeriesPath: the record's key, as it stands, is the series id.</summary>
    public const string Key = "kafka.key";

    /// <summary>As Input:TimePath: the record's Kafka timestamp is the event time.</summary>
    public const string Timestamp = "kafka.timestamp";
}
