using Streaming.Inference.Series.Codec;

namespace Streaming.Inference.Anomalies;

/// <summary>How far something lies outside the range that it has kept to.</summary>
/// <remarks>The ends of the range follow what lies beyond them at once, and come back slowly: what was seen once is
/// remembered for thousands of steps.</remarks>
internal struct RangeTracker
{
    private const int LeastSeen = 48;
    private const double MemorySteps = 4_000;

    /// <summary>Surprise of lying outside by as much as the range is wide, past the edge of the tails.</summary>
    private const double PerRange = 30;

    private double low;
    private double high;
    private int seen;

    /// <summary>Judges one value, then learns it.</summary>
    /// <param name="value">Finite.</param>
    /// <param name="leastRange">What the range counts as at least, above zero, in the value's unit.</param>
    /// <returns>Its surprise; 0 inside the range.</returns>
    public double Judge(double value, double leastRange)
    {
        (low, high) = seen == 0 ? (value, value) : (low, high);
        double outside = Math.Max(value - high, low - value);
        double inRanges = outside / Math.Max(high - low, leastRange);
        low = value < low ? value : low + ((value - low) / MemorySteps);
        high = value > high ? value : high + ((value - high) / MemorySteps);
        seen = Math.Min(seen + 1, LeastSeen + 1);
        return seen <= LeastSeen || outside <= 0 ? 0 : Math.Min(Surprise.Edge + (PerRange * inRanges), Surprise.Most);
    }

    internal readonly void WriteTo(StateWriter writer)
    {
        writer.Write(low);
        writer.Write(high);
        writer.Write(seen);
    }

    internal void ReadFrom(ref StateReader reader)
    {
        low = reader.Read<double>();
        high = reader.Read<double>();
        seen = reader.Read<int>();
    }
}
