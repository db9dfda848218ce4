namespace Streaming.Daemon.Decoding;

/// <summary>A decoded record. Its series id lives in the record or the decoder: valid until the next Decode.</summary>
internal readonly ref struct Observation
{
    /// <summary>Series id, 1 to 512 bytes of valid UTF-8, JSON escapes resolved.</summary>
    public ReadOnlySpan<byte> SeriesId { get; init; }

    /// <summary>Event time in UTC ticks of 100 ns since 0001-01-01, from 1970 up to 2200.</summary>
    public long TimeTicks { get; init; }

    /// <summary>The value, finite.</summary>
    public double Value { get; init; }
}
