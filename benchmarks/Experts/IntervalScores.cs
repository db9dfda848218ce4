namespace Benchmarks.Experts;

/// <summary>How intervals of nominal 90% did at some horizons: ours, and those of the last 500 residuals.</summary>
/// <remarks>The score is Winkler's: the width, and 20 times as much as a value lies outside, in units of the training
/// rows' deviation. A fortnight is one of a channel.</remarks>
internal sealed class IntervalScores
{
    private const double Low = 0.05;
    private const double High = 0.95;
    private const int Rolling = 500;

    /// <summary>A share of fewer values says nothing.</summary>
    private const int LeastFortnightSteps = 48;

    private readonly int[] horizonSteps;
    private readonly int fortnightSteps;
    private readonly RollingQuantile[] residuals;
    private readonly double[][] waiting;
    private readonly int[] steps;
    private readonly int[] covered;
    private readonly Sums[] ours;
    private readonly Sums[] plain;
    private readonly double[] worst;

    /// <summary>Creates sums of nothing.</summary>
    /// <param name="channels">Channels, C.</param>
    /// <param name="horizonSteps">In steps, [K].</param>
    /// <param name="stepTicks">Length of a step.</param>
    public IntervalScores(int channels, int[] horizonSteps, long stepTicks)
    {
        this.horizonSteps = horizonSteps;
        int steps = (int)(14 * TimeSpan.TicksPerDay / stepTicks);
        fortnightSteps = steps >= LeastFortnightSteps ? steps : int.MaxValue;
        int places = channels * horizonSteps.Length;
        residuals = [.. Enumerable.Range(0, places).Select(_ => new RollingQuantile(Rolling))];
        waiting = [.. Enumerable.Range(0, places)
            .Select(place => new double[horizonSteps[place % horizonSteps.Length]])];
        (this.steps, covered) = (new int[places], new int[places]);
        (ours, plain) = (new Sums[horizonSteps.Length], new Sums[horizonSteps.Length]);
        worst = [.. horizonSteps.Select(_ => double.NaN)];
    }

    /// <summary>Lets the plain way learn from the value of a step, and take the forecast made there.</summary>
    /// <param name="channel">Place of the channel.</param>
    /// <param name="horizon">Place of the horizon.</param>
    /// <param name="step">Steps come in order from 0.</param>
    /// <param name="value">Its value.</param>
    /// <param name="forecast">The forecast.</param>
    public void Learn(int channel, int horizon, int step, double value, double forecast)
    {
        int place = Place(channel, horizon);
        ref double due = ref waiting[place][step % horizonSteps[horizon]];
        if (step >= horizonSteps[horizon])
        {
            residuals[place].Add(value - due);
        }

        due = forecast;
    }

    /// <summary>Scores an interval.</summary>
    /// <param name="channel">Place of the channel.</param>
    /// <param name="horizon">Place of the horizon.</param>
    /// <param name="forecast">The forecast, and what it was off by at the quantiles.</param>
    /// <param name="actual">What came.</param>
    /// <param name="unit">Unit of the score.</param>
    public void Score(
        int channel, int horizon, (double Middle, double Lower, double Upper) forecast, double actual, double unit)
    {
        int place = Place(channel, horizon);
        bool isCovered = ours[horizon].Add(forecast.Lower, forecast.Upper, actual, unit);
        plain[horizon].Add(
            forecast.Middle + residuals[place].Quantile(Low), forecast.Middle + residuals[place].Quantile(High), actual,
            unit);
        covered[place] += isCovered ? 1 : 0;
        if (++steps[place] == fortnightSteps)
        {
            double share = covered[place] / (double)fortnightSteps;
            worst[horizon] = double.IsNaN(worst[horizon]) ? share : Math.Min(worst[horizon], share);
            (steps[place], covered[place]) = (0, 0);
        }
    }

    /// <summary>The lines of the table.</summary>
    public IntervalRow[] Rows() =>
    [
        .. horizonSteps.Select((h, k) => new IntervalRow(
            h, Math.Round(ours[k].Winkler, 4), Math.Round(plain[k].Winkler, 4), Math.Round(ours[k].Coverage, 4),
            Math.Round(worst[k], 4))),
    ];

    private int Place(int channel, int horizon) => (channel * horizonSteps.Length) + horizon;

    private struct Sums
    {
        private double winkler;
        private long covered;
        private long count;

        public readonly double Winkler => winkler / count;

        public readonly double Coverage => (double)covered / count;

        public bool Add(double lower, double upper, double actual, double unit)
        {
            double outside = Math.Max(lower - actual, 0) + Math.Max(actual - upper, 0);
            winkler += (upper - lower + (2 / (Low + 1 - High) * outside)) / unit;
            covered += outside == 0 ? 1 : 0;
            count++;
            return outside == 0;
        }
    }
}

/// <summary>Intervals of one horizon.</summary>
/// <param name="Horizon">In steps.</param>
/// <param name="Winkler">Mean score of ours.</param>
/// <param name="PlainWinkler">Mean score of those of the last 500 residuals.</param>
/// <param name="Coverage">Share of values within ours.</param>
/// <param name="WorstFortnight">The least share in a fortnight of a channel.</param>
internal sealed record IntervalRow(
    int Horizon, double Winkler, double PlainWinkler, double Coverage, double WorstFortnight);
