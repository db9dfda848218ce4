namespace Streaming.Inference.Series;

/// <summary>What the values of a series are.</summary>
public enum ValueKind : byte
{
    /// <summary>Not said here: what the producer says, else what the name tells.</summary>
    /// <remarks>See <see cref="ValueKinds.OfName"/>.</remarks>
    Auto,

    /// <summary>A level that may rise and fall.</summary>
    Gauge,

    /// <summary>A running total that only rises, until it is reset: taken as a rate per second.</summary>
    Counter,

    /// <summary>What was added since the last one: those of a step are summed.</summary>
    Delta,
}
