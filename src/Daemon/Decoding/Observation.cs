using Streaming.Inference.Series;

namespace Streaming.Daemon.Decoding;

/// <summary>One value of one series at one time. Its series id lives in the list it came from: valid until that is
/// cleared.</summary>
internal readonly ref struct Observation
{
    /// <summary>Series id, 1 to 512 bytes of valid UTF-8.</summary>
    public ReadOnlySpan<byte> SeriesId { get; init; }

    /// <summary>Event time in UTC ticks of 100 ns since 0001-01-01, from 1970 up to 2200.</summary>
    public long TimeTicks { get; init; }

    /// <summary>The value, finite.</summary>
    public double Value { get; init; }

    /// <summary>What the producer says the value is.</summary>
    public ValueKind Kind { get; init; }

    /// <summary>What the producer says it is measured in, as <see cref="MeasureUnit.IsValid"/> takes it; empty where it
    /// does not.</summary>
    public ReadOnlySpan<byte> Unit { get; init; }

    /// <summary>Values that come with it, one for each of Input:Covariates, NaN where it lacks one; or none.</summary>
    public ReadOnlySpan<double> Covariates { get; init; }

    /// <summary>When a running total or a delta began, in ticks; 0 where the producer does not say.</summary>
    public long StartTicks { get; init; }
}
