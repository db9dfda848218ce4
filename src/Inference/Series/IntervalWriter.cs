using System.Collections.Immutable;
using Streaming.Inference.Experts;

namespace Streaming.Inference.Series;

/// <summary>Quantiles around the forecasts of a series, by what its tracker knows now.</summary>
/// <remarks>Changes nothing of the series, so that quantiles that were issued can be told again until its next step.
/// Holds room to compute in and no state. Allocates nothing. Not thread-safe.</remarks>
internal sealed class IntervalWriter
{
    private readonly double[] levels;
    private readonly float[] priorShape;
    private readonly double[] roots;
    private readonly double[] errors; // quantiles of one horizon's
    private readonly ImmutableArray<int> horizons;
    private readonly Surprises surprises;

    public IntervalWriter(ForecasterSettings settings)
    {
        levels = [.. settings.QuantileLevels];
        priorShape = [.. levels.Select(level => (float)Prior.Quantile(level))];
        roots = [.. settings.Horizons.Select(h => Math.Sqrt(h))];
        errors = new double[levels.Length];
        horizons = settings.Horizons;
        surprises = new(horizons.AsSpan());
    }

    /// <summary>Square roots of the horizons, [K].</summary>
    public ReadOnlySpan<double> Roots => roots;

    /// <summary>The spread of a random walk.</summary>
    public SpreadPrior PriorOf(SeriesState series, int horizon) =>
        new(series.Scaler.Change * roots[horizon], levels, priorShape);

    /// <summary>Turns to a series, as it is now.</summary>
    public void Begin(SeriesState series) => surprises.Take(series.Intervals);

    /// <summary>Writes the quantiles of one horizon, held within the bounds of the profile.</summary>
    /// <param name="series">The series turned to, at the step that is forecast from.</param>
    /// <param name="horizon">Place of the horizon, k.</param>
    /// <param name="yhat">The forecast, in the series' unit.</param>
    /// <param name="quantiles">[Q, K]; receives column k, in the series' unit. NaN where nothing is known of the
    /// spread.</param>
    public void Write(SeriesState series, int horizon, double yhat, Span<double> quantiles)
    {
        series.Intervals.Quantiles(
            horizon, series.Scaler.Scale, PriorOf(series, horizon), errors, series.Steps - 1 + horizons[horizon],
            surprises.At(horizon));
        for (int q = 0; q < errors.Length; q++)
        {
            double error = series.Steps > 1 ? errors[q] : double.NaN; // of one value no spread is known
            quantiles[(q * roots.Length) + horizon] = series.Profile.Bound(yhat + error);
        }
    }
}
