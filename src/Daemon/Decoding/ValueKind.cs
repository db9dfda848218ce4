namespace Streaming.Daemon.Decoding;

/// <summary>What a producer says its values are.</summary>
internal enum ValueKind : byte
{
    /// <summary>It does not say.</summary>
    Unknown,

    /// <summary>A level that may rise and fall.</summary>
    Gauge,

    /// <summary>A running total that only rises, until it is reset.</summary>
    Counter,

    /// <summary>What was added since the last one.</summary>
    Delta,
}
