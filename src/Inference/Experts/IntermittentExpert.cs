using Streaming.Inference.Series.Codec;

namespace Streaming.Inference.Experts;

/// <summary>Forecasts of series that are zero most of the time: probability of demand times its size.</summary>
/// <remarks>
/// Both are smoothed, the probability in every step and the size where there is demand, so it fades where demand ends.
/// Source: Teunter, Syntetos and Babai 2011 (TSB). Not for series with negative values.
/// </remarks>
internal struct IntermittentExpert
{
    private const double ProbabilityRate = 0.05;
    private const double SizeRate = 0.1;

    private double size;
    private double probability;
    private int seen;
    private int demands;
    private bool hasNegative;

    /// <summary>Whether it speaks: more than half of the values are zero, none is negative, some is not zero.</summary>
    public readonly bool IsIntermittent => demands > 0 && !hasNegative && probability < 0.5;

    /// <summary>Forecast of every horizon, in the series' unit; never negative. NaN where the series is not
    /// intermittent.</summary>
    public readonly double Forecast => IsIntermittent ? probability * size : double.NaN;

    /// <summary>Takes the value of the next step, in the series' unit.</summary>
    public void Take(double value)
    {
        hasNegative |= value < 0;
        bool isDemand = value > 0;
        seen = Math.Min(seen + 1, 1_000_000);
        probability += ((isDemand ? 1 : 0) - probability) * Math.Max(1.0 / seen, ProbabilityRate);
        if (isDemand)
        {
            demands = Math.Min(demands + 1, 1_000_000);
            size += (value - size) * Math.Max(1.0 / demands, SizeRate);
        }
    }

    internal readonly void WriteTo(StateWriter writer)
    {
        writer.Write(size);
        writer.Write(probability);
        writer.Write(seen);
        writer.Write(demands);
        writer.Write(hasNegative);
    }

    internal void ReadFrom(ref StateReader reader)
    {
        size = reader.Read<double>();
        probability = reader.Read<double>();
        seen = reader.Read<int>();
        demands = reader.Read<int>();
        hasNegative = reader.ReadFlag();
    }
}
