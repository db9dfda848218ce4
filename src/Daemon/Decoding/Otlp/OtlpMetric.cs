using Streaming.Inference.Series;

namespace Streaming.Daemon.Decoding.Otlp;

/// <summary>What the data points of a metric are; the number is that of its field in the message Metric.</summary>
internal enum OtlpShape
{
    None = 0,
    Gauge = 5,
    Sum = 7,
    Histogram = 9,
    ExponentialHistogram = 10,
    Summary = 11,
}

/// <summary>What is said once for all data points of a metric.</summary>
internal readonly ref struct OtlpMetric
{
    public const ulong Delta = 1;
    public const ulong Cumulative = 2;

    public ReadOnlySpan<byte> Name { get; init; }

    /// <summary>What values and sums are measured in, by UCUM; empty where the producer does not say.</summary>
    public ReadOnlySpan<byte> Unit { get; init; }

    /// <summary>What the points are.</summary>
    public OtlpShape Shape { get; init; }

    /// <summary>0 unspecified, 1 delta, 2 cumulative.</summary>
    public ulong Temporality { get; init; }

    /// <summary>Whether a sum never falls.</summary>
    public bool IsMonotonic { get; init; }

    /// <summary>Whether points hold one number, not a count and a sum.</summary>
    public bool HasNumbers => Shape is OtlpShape.Gauge or OtlpShape.Sum;

    /// <summary>Whether points say when they began to add up.</summary>
    public bool IsTotal => Kind is ValueKind.Counter or ValueKind.Delta;

    /// <summary>What the values are. A running total that may fall is a level; the counts and sums of histograms and
    /// summaries rise.</summary>
    public ValueKind Kind => (Shape, Temporality) switch
    {
        (OtlpShape.Gauge, _) => ValueKind.Gauge,
        (OtlpShape.Summary, _) => ValueKind.Counter,
        (_, Delta) => ValueKind.Delta,
        (OtlpShape.Sum, Cumulative) => IsMonotonic ? ValueKind.Counter : ValueKind.Gauge,
        (_, Cumulative) => ValueKind.Counter,
        _ => ValueKind.Auto,
    };
}
