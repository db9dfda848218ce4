using Streaming.Inference.Series.Codec;

namespace Streaming.Inference.Anomalies;

/// <summary>How odd an error is among the errors of one series.</summary>
/// <remarks>
/// Errors are measured in their running mean size. The size that 1 in 50 exceeds is tracked, and how far those exceed it
/// on average: beyond it the tail is exponential with that mean, below it so that both meet. So what a series often does
/// is no surprise, however far from normal its errors are. An error counts up to some sizes, but one of the size of
/// the scale always counts: a series that was constant for long learns its new spread, and one value far out does not
/// blind it. An error below a millionth of the scale is rounding.
/// Source: peaks over threshold, Pickands 1975; tracking a quantile, Robbins and Monro 1951.
/// </remarks>
internal struct TailTracker
{
    private const int LeastSeen = 24;
    private const int LeastJudged = 48;
    private const int SizeMemory = 1_000;
    private const int ExcessMemory = 100;
    private const int FirstExcesses = 4;
    private const double EdgeShare = 0.02;
    private const double EdgeRate = 0.02;
    private const double LeastEdge = 0.1;
    private const double LeastExcess = 1e-3;
    private const double LeastSize = 1e-6;
    private const double MostSizes = 5;
    private const double MostExcesses = 8;

    private double size;
    private double edge;
    private double excess;
    private int seen;
    private int exceeded;

    /// <summary>Judges one error, then learns it.</summary>
    /// <param name="error">In units of scale; may be infinite.</param>
    /// <returns>Its surprise.</returns>
    public double Judge(double error)
    {
        double absolute = Math.Abs(error), inSizes = absolute / Math.Max(size, LeastSize);
        if (seen == 0)
        {
            (edge, excess, exceeded) = (1, 1, FirstExcesses);
        }

        double surprise = SurpriseOf(inSizes);
        bool isKnown = seen >= LeastJudged;
        Learn(absolute, inSizes);
        return isKnown ? surprise : 0;
    }

    private readonly double SurpriseOf(double inSizes) => inSizes <= edge
        ? Surprise.Edge * inSizes / Math.Max(edge, LeastEdge)
        : Math.Min(Surprise.Edge + ((inSizes - edge) / Math.Max(excess, LeastExcess)), Surprise.Most);

    private void Learn(double absolute, double inSizes)
    {
        int before = seen;
        seen = Math.Min(seen + 1, SizeMemory);
        size += (Math.Min(absolute, Math.Max(MostSizes * size, 1)) - size) / seen;
        if (before < LeastSeen)
        {
            return; // sizes mean little yet
        }

        double over = inSizes - edge, rate = Math.Max(edge, LeastEdge) * Math.Max(EdgeRate, 1.0 / seen);
        if (over > 0)
        {
            exceeded = Math.Min(exceeded + 1, ExcessMemory);
            excess += (Math.Min(over, MostExcesses * excess) - excess) / exceeded;
        }

        edge = Math.Max(edge + (rate * (over > 0 ? 1 - EdgeShare : -EdgeShare)), 0);
    }

    internal readonly void WriteTo(StateWriter writer)
    {
        writer.Write(size);
        writer.Write(edge);
        writer.Write(excess);
        writer.Write(seen);
        writer.Write(exceeded);
    }

    internal void ReadFrom(ref StateReader reader)
    {
        size = reader.Read<double>();
        edge = reader.Read<double>();
        excess = reader.Read<double>();
        seen = reader.Read<int>();
        exceeded = reader.Read<int>();
    }
}
