using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Decoding;

/// <summary>What of an observation Kafka keeps beside a record's value, where the paths say so: the series in its key,
/// the time in its timestamp.</summary>
internal readonly struct KafkaFields(InputOptions options)
{
    /// <summary>Whether the key is the series id.</summary>
    public bool HasSeries { get; } = options.SeriesPath == KafkaPath.Key;

    /// <summary>Whether the timestamp is the event time.</summary>
    public bool HasTime { get; } = options.TimePath == KafkaPath.Timestamp;

    /// <summary>Names the series by the key.</summary>
    /// <returns>None, MissingKey, EmptySeries, SeriesTooLong or BadUtf8.</returns>
    public static RejectReason ReadSeries(in InputRecord record, ObservationList observations) =>
        record.HasKey ? observations.SetSeries(record.Key) : RejectReason.MissingKey;
}
