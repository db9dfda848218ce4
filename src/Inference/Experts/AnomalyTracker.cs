using Streaming.Inference.Series.Codec;

namespace Streaming.Inference.Experts;

/// <summary>Scores a value against the spread it was predicted with, and decides when to raise an alarm.</summary>
/// <remarks>
/// The score is the two-sided probability of a smaller residual, in [0, 1]. After an alarm the series stays quiet for
/// the refractory steps, unless the surprise is exceeded (scores of large surprises all round to the same). A residual
/// widens the spread only so far, but one of the size of the scale always counts: so a series that was constant for
/// long learns its new spread, and one value far out at the start does not blind it. A residual below a millionth of
/// the scale is rounding, not surprise.
/// </remarks>
internal struct AnomalyTracker
{
    private const int LeastResiduals = 24;
    private const int MemoryResiduals = 200;
    private const double LargestSurprise = 5;
    private const double LeastLimit = 1;
    private const double LeastMean = 1e-6;

    private double meanResidual;
    private double alarmSurprise;
    private int seen;
    private int quietSteps;

    /// <summary>Scores one residual, then learns it.</summary>
    /// <param name="residual">Actual − forecast, in units of scale.</param>
    /// <param name="threshold">Score from which it is an anomaly.</param>
    /// <param name="refractorySteps">Residuals for which it is quiet after an alarm.</param>
    /// <returns>The score and whether it raises an alarm.</returns>
    public (double Score, bool IsAnomaly) Judge(double residual, double threshold, int refractorySteps)
    {
        double size = Math.Abs(residual);
        double surprise = size / Math.Max(meanResidual, LeastMean);
        double score = seen >= LeastResiduals ? Prior.TwoSided(surprise) : 0;
        bool isAnomaly = score >= threshold && (quietSteps == 0 || surprise > alarmSurprise);
        (alarmSurprise, quietSteps) = isAnomaly
            ? (surprise, refractorySteps)
            : (alarmSurprise, Math.Max(quietSteps - 1, 0));
        Learn(Math.Min(size, Math.Max(LargestSurprise * meanResidual, LeastLimit)));
        return (score, isAnomaly);
    }

    private void Learn(double size)
    {
        seen = Math.Min(seen + 1, MemoryResiduals);
        meanResidual += (size - meanResidual) / seen;
    }

    internal readonly void WriteTo(StateWriter writer)
    {
        writer.Write(meanResidual);
        writer.Write(alarmSurprise);
        writer.Write(seen);
        writer.Write(quietSteps);
    }

    internal void ReadFrom(ref StateReader reader)
    {
        meanResidual = reader.Read<double>();
        alarmSurprise = reader.Read<double>();
        seen = reader.Read<int>();
        quietSteps = reader.Read<int>();
    }
}
