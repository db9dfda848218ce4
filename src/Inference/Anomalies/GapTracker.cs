using Streaming.Inference.Series.Codec;

namespace Streaming.Inference.Anomalies;

/// <summary>How odd the number of missing steps before a value is.</summary>
/// <remarks>Beside the longest gap remembered, which fades slowly; gaps of some steps are never odd.</remarks>
internal struct GapTracker
{
    private const double LeastSteps = 6;
    private const int LeastSeen = 48;
    private const double MemorySteps = 4_000;

    /// <summary>Surprise of a gap twice as long as any, past the edge of the tails.</summary>
    private const double PerLongest = 30;

    private double longest;
    private int seen;

    /// <summary>Judges the gap before a value, then learns it.</summary>
    /// <param name="steps">Missing steps, 0 for none.</param>
    /// <returns>Its surprise; 0 where it is no longer than others.</returns>
    public double Judge(long steps)
    {
        double usual = Math.Max(longest, LeastSteps), over = (steps - usual) / usual;
        longest = steps > longest ? steps : longest + ((steps - longest) / MemorySteps);
        seen = Math.Min(seen + 1, LeastSeen + 1);
        return seen <= LeastSeen || over <= 0 ? 0 : Math.Min(Surprise.Edge + (PerLongest * over), Surprise.Most);
    }

    internal readonly void WriteTo(StateWriter writer)
    {
        writer.Write(longest);
        writer.Write(seen);
    }

    internal void ReadFrom(ref StateReader reader)
    {
        longest = reader.Read<double>();
        seen = reader.Read<int>();
    }
}
