using Streaming.Inference.Series;

namespace Benchmarks.Experts;

/// <summary>Scaled absolute errors of one series from its first value on, early and late in its life.</summary>
/// <remarks>For series without gaps: what a forecast is off by is looked up in the values.</remarks>
internal sealed class FirstSightWatch
{
    private readonly double[] values;
    private readonly double unit;
    private readonly int horizons;
    private readonly Ablation? ablation;
    private int step;

    /// <param name="values">Of the series.</param>
    /// <param name="unit">Unit of errors.</param>
    /// <param name="names">Names of the experts, [E].</param>
    /// <param name="horizons">Horizons, 1 to K.</param>
    /// <param name="ablates">Whether mixtures without each are measured.</param>
    public FirstSightWatch(double[] values, double unit, string[] names, int horizons, bool ablates)
    {
        (this.values, this.unit, Names, this.horizons) = (values, unit, names, horizons);
        ablation = ablates ? new(horizons) : null;
        Forecasters = 1 + (ablates ? 2 * names.Length : names.Length);
        (Early, Late) = (new ErrorSums(Forecasters, horizons), new ErrorSums(Forecasters, horizons));
        Weights = new double[names.Length];
    }

    /// <summary>Names of the experts, [E].</summary>
    public string[] Names { get; }

    /// <summary>The mixture, the experts, then the mixtures without each.</summary>
    public int Forecasters { get; }

    public ErrorSums Early { get; }

    public ErrorSums Late { get; }

    /// <summary>Mean weights, [E].</summary>
    public double[] Weights { get; }

    /// <summary>Takes a step.</summary>
    public void Take(in IssuedStep issued)
    {
        int t = step++;
        if (t + horizons >= values.Length)
        {
            return;
        }

        ErrorSums? sums = t is >= M4Experts.FirstOrigin and <= M4Experts.LastOrigin ? Early
            : t >= M4Experts.LateOrigin ? Late
            : null;
        Add(sums, 0, t, issued.Yhat);
        for (int e = 0; e < Names.Length; e++)
        {
            Add(sums, 1 + e, t, issued.ForecastsOf(e));
            Weights[e] += issued.WeightOf(e) / (values.Length - horizons);
        }

        ablation?.Take(issued, (expert, forecasts) => Add(sums, 1 + Names.Length + expert, t, forecasts));
    }

    private void Add(ErrorSums? sums, int forecaster, int t, ReadOnlySpan<double> forecasts)
    {
        for (int k = 0; sums is not null && k < horizons; k++)
        {
            sums.Add(forecaster, k, Math.Abs(forecasts[k] - values[t + k + 1]) / unit);
        }
    }
}
