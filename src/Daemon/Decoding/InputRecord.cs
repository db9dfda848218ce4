using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Decoding;

/// <summary>A record as it came from Kafka, before it is understood.</summary>
internal readonly ref struct InputRecord
{
    /// <summary>Its key; empty if it has none.</summary>
    public ReadOnlySpan<byte> Key { get; init; }

    /// <summary>Whether it has a key: no key is fine, an empty one is not.</summary>
    public bool HasKey { get; init; }

    /// <summary>Its value; empty for a tombstone.</summary>
    public ReadOnlySpan<byte> Value { get; init; }

    /// <summary>Its value as text: without a byte order mark.</summary>
    public ReadOnlySpan<byte> Text => Value.StartsWith("\uFEFF"u8) ? Value[3..] : Value;

    /// <summary>Those of its headers that decoding asks for.</summary>
    public RecordHeaders Headers { get; init; }

    /// <summary>Its Kafka timestamp, ms since 1970; −1 where it has none.</summary>
    public long TimestampMs { get; init; }

    /// <summary>A record of a batch.</summary>
    /// <param name="batch">The gathered records.</param>
    /// <param name="record">Its number in the batch.</param>
    /// <param name="timestampMs">Its timestamp, or that of the record it was repartitioned from.</param>
    public static InputRecord Of(RecordBatch batch, int record, long timestampMs) => new()
    {
        Key = batch.Key(record),
        HasKey = !batch.IsKeyNull(record),
        Value = batch.Value(record),
        Headers = batch.Headers(record),
        TimestampMs = timestampMs,
    };
}
