namespace Streaming.Inference.Experts;

/// <summary>Scores a value against the spread it was predicted with, and decides when to raise an alarm.</summary>
/// <remarks>
/// The score is the two-sided probability of a smaller residual, in [0, 1]. After an alarm the series stays quiet for
/// the refractory steps, unless the score is exceeded. Large residuals widen the spread only so far.
/// </remarks>
internal struct AnomalyTracker
{
    private const int LeastResiduals = 24;
    private const int MemoryResiduals = 200;
    private const double LargestSurprise = 5;
    private const double BoundlessSurprise = 1e3;

    private double meanResidual;
    private double alarmScore;
    private int seen;
    private int quietSteps;

    /// <summary>Scores one residual, then learns it.</summary>
    /// <param name="residual">Actual − forecast, in units of scale.</param>
    /// <param name="threshold">Score from which it is an anomaly.</param>
    /// <param name="refractorySteps">Steps of quiet after an alarm.</param>
    /// <returns>The score and whether it raises an alarm.</returns>
    public (double Score, bool IsAnomaly) Judge(double residual, double threshold, int refractorySteps)
    {
        double size = Math.Abs(residual);
        double surprise = meanResidual > 0 ? size / meanResidual : size > 0 ? BoundlessSurprise : 0;
        double score = seen >= LeastResiduals ? Prior.TwoSided(surprise) : 0;
        Learn(seen >= LeastResiduals ? Math.Min(size, LargestSurprise * meanResidual) : size);
        return (score, Raise(score, threshold, refractorySteps));
    }

    private void Learn(double size)
    {
        seen = Math.Min(seen + 1, MemoryResiduals);
        meanResidual += (size - meanResidual) / seen;
    }

    private bool Raise(double score, double threshold, int refractorySteps)
    {
        quietSteps = Math.Max(quietSteps - 1, 0);
        if (score < threshold || (quietSteps > 0 && score <= alarmScore))
        {
            return false;
        }

        (alarmScore, quietSteps) = (score, refractorySteps);
        return true;
    }
}
