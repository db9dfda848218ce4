using Streaming.Inference.Experts;

namespace Streaming.Inference.Series;

/// <summary>Running sums of how the settled forecasts of a lane did, for metrics; they reach no forecast.</summary>
/// <remarks>Errors are absolute and in units of each series' scale, so that series can be added up, and count up to 10
/// of those units, so that one jump does not drown the rest.</remarks>
public sealed class LiveScores(int horizons)
{
    private const double LargestError = 10;

    /// <summary>Sum of errors of the published forecast, [K].</summary>
    public double[] Mixture { get; } = new double[horizons];

    /// <summary>Sum of errors of seasonal naive over the same forecasts, [K]; of persistence where no season is.</summary>
    public double[] Naive { get; } = new double[horizons];

    /// <summary>Settled forecasts, [K].</summary>
    public long[] Settled { get; } = new long[horizons];

    /// <summary>Values inside the outermost quantiles, all horizons.</summary>
    public long Covered { get; private set; }

    /// <summary>Forecasts that had quantiles, all horizons.</summary>
    public long WithInterval { get; private set; }

    /// <summary>Sums of the experts' weights, each a mean over a step's horizons, by
    /// <see cref="ExpertFamilies"/>.</summary>
    public double[] Weights { get; } = new double[ExpertFamilies.Names.Length];

    /// <summary>Steps whose weights are in those sums.</summary>
    public long Weighed { get; private set; }

    internal void AddWeights(ExpertPlan plan, ReadOnlySpan<float> weights)
    {
        for (int e = 0; e < plan.Experts; e++)
        {
            Weights[plan.Roster.Families[e]] += weights[e];
        }

        Weighed++;
    }

    internal void Add(int horizon, double actual, in Ledger.Entry entry)
    {
        Mixture[horizon] += Math.Min(Math.Abs(actual - entry.Mixture) / entry.Scale, LargestError);
        Naive[horizon] += Math.Min(Math.Abs(actual - entry.Naive) / entry.Scale, LargestError);
        Settled[horizon]++;
        if (!double.IsNaN(entry.Lower))
        {
            WithInterval++;
            Covered += actual >= entry.Lower && actual <= entry.Upper ? 1 : 0;
        }
    }
}
