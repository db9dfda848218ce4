namespace Streaming.Daemon.Backtest;

/// <summary>Sums of what the forecasts of one series were off by, in its unit; divided by its scores' unit when read.
/// </summary>
/// <remarks>Forecaster 0 is the forecast, the others are its experts; one below zero has nothing.</remarks>
/// <param name="horizons">Horizons, K.</param>
/// <param name="forecasters">The forecast and its experts, 1 + E.</param>
/// <param name="levels">Quantile levels, [Q].</param>
internal sealed class SeriesScores(int horizons, int forecasters, double[] levels)
{
    private const double Nominal = 0.9;

    private readonly double[] squares = new double[forecasters * horizons];
    private readonly double[] absolutes = new double[forecasters * horizons];
    private readonly long[] counts = new long[forecasters * horizons];
    private readonly double[] pinball = new double[horizons];
    private readonly double[] winkler = new double[horizons];
    private readonly long[] covered = new long[horizons];
    private readonly long[] intervals = new long[horizons];
    private readonly int low = Array.IndexOf(levels, 0.05);
    private readonly int high = Array.IndexOf(levels, 0.95);

    /// <summary>What the errors of the series are measured in.</summary>
    public ScoreUnit Unit { get; } = new();

    /// <summary>Whether a 90% interval is among the quantiles.</summary>
    public bool HasInterval => low >= 0 && high >= 0;

    /// <summary>Adds a forecast and what its experts said.</summary>
    /// <returns>Whether its 90% interval held the value; null where there is none.</returns>
    public bool? Add(in SettledForecast settled)
    {
        int k = settled.Horizon;
        Add(k, settled.Actual - settled.Yhat);
        for (int f = 1; f < forecasters; f++)
        {
            Add((f * horizons) + k, settled.Actual - settled.Experts[f - 1]);
        }

        return AddInterval(k, settled);
    }

    /// <summary>Squared errors of a forecaster at a horizon, in squared units.</summary>
    public (double Sum, long Count) Squares(int forecaster, int k) =>
        Of(squares, forecaster, k, Unit.Deviation * Unit.Deviation);

    /// <summary>Absolute errors, in units.</summary>
    public (double Sum, long Count) Absolutes(int forecaster, int k) => Of(absolutes, forecaster, k, Unit.Deviation);

    /// <summary>Mean absolute error in changes of seasonal naive; NaN where it has none, or these are zero.</summary>
    public double Mase(int forecaster, int k)
    {
        (double sum, long count) = Of(absolutes, forecaster, k, Unit.NaiveChange);
        return sum / count;
    }

    /// <summary>Pinball losses averaged over levels, in units.</summary>
    public (double Sum, long Count) Pinball(int k) => (pinball[k] / Unit.Deviation, intervals[k]);

    /// <summary>Winkler's scores, in units.</summary>
    public (double Sum, long Count) Winkler(int k) => (winkler[k] / Unit.Deviation, intervals[k]);

    /// <summary>Values within the interval.</summary>
    public (double Sum, long Count) Covered(int k) => (covered[k], intervals[k]);

    private (double Sum, long Count) Of(double[] sums, int forecaster, int k, double unit)
    {
        if (forecaster < 0)
        {
            return default;
        }

        int at = (forecaster * horizons) + k;
        return (sums[at] / unit, counts[at]);
    }

    private void Add(int at, double error)
    {
        if (double.IsFinite(error))
        {
            squares[at] += error * error;
            absolutes[at] += Math.Abs(error);
            counts[at]++;
        }
    }

    private bool? AddInterval(int k, in SettledForecast settled)
    {
        if (settled.Quantiles.IsEmpty || !double.IsFinite(settled.Quantiles[0]))
        {
            return null;
        }

        double loss = 0;
        for (int q = 0; q < levels.Length; q++)
        {
            double above = settled.Actual - settled.Quantiles[q];
            loss += Math.Max(levels[q] * above, (levels[q] - 1) * above) / levels.Length;
        }

        pinball[k] += loss;
        intervals[k]++;
        if (!HasInterval)
        {
            return null;
        }

        double lower = settled.Quantiles[low], upper = settled.Quantiles[high];
        double outside = Math.Max(lower - settled.Actual, 0) + Math.Max(settled.Actual - upper, 0);
        winkler[k] += upper - lower + (2 / (1 - Nominal) * outside);
        covered[k] += outside == 0 ? 1 : 0;
        return outside == 0;
    }
}
