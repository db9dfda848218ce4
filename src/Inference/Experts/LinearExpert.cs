using Streaming.Inference.Series;

namespace Streaming.Inference.Experts;

/// <summary>Adaptive linear forecasts of one series: least squares over its lags, its calendar and what is given.
/// </summary>
/// <remarks>
/// Forecasts deviations, in units of scale, from seasonal naive once a season has been seen and where its lags reach as
/// far back, else from the last value; so before it has learnt anything it gives those. Labels that were not observed
/// teach nothing. Allocates nothing in a step. Not thread-safe.
/// </remarks>
internal sealed class LinearExpert
{
    private const double Limit = 20;
    private const int OwnFeatures = 2;

    /// <summary>Origins before it are left out: their scale meant nothing yet.</summary>
    private const int FirstOrigin = 24;

    private readonly LinearExpertOptions options;
    private readonly int[] horizons;
    private readonly int seasonSteps;
    private readonly RecursiveLeastSquares rules;
    private readonly double[] features;
    private readonly double[] labels;
    private readonly double[] scales;
    private long step;

    /// <summary>Creates an expert that has seen nothing.</summary>
    /// <param name="options">Lags and learning.</param>
    /// <param name="horizons">In steps, ascending, [K].</param>
    /// <param name="seasonSteps">Season in steps; zero where none is known.</param>
    public LinearExpert(LinearExpertOptions options, ReadOnlySpan<int> horizons, int seasonSteps)
    {
        this.options = options;
        this.horizons = horizons.ToArray();
        this.seasonSteps = seasonSteps <= options.LagSteps ? seasonSteps : 0;
        features = new double[FeaturesOf(options)];
        labels = new double[horizons.Length];
        scales = new double[horizons[^1] + 1];
        rules = new RecursiveLeastSquares(features.Length, horizons, options.Learning);
    }

    /// <summary>Steps of history that the window must keep for it.</summary>
    public int WindowSteps => Math.Max(options.LagSteps, Anchor(horizons[^1], seasonSteps > 0)) + 1;

    /// <summary>Bytes of its arrays.</summary>
    public long Bytes => RecursiveLeastSquares.BytesOf(features.Length, horizons.Length, horizons[^1])
        + SeriesMemory.ArrayOf<double>(features.Length) + SeriesMemory.ArrayOf<double>(labels.Length)
        + SeriesMemory.ArrayOf<double>(scales.Length);

    /// <summary>Times that it started anew because rounding had spoilt it.</summary>
    public int Restarts => rules.Restarts;

    private static int FeaturesOf(LinearExpertOptions options) =>
        options.LagSteps + OwnFeatures + CalendarTerms.Count + options.OutsideFeatures;

    /// <summary>Takes the newest step and forecasts.</summary>
    /// <param name="window">Values up to it; the newest counts as a label unless it was held.</param>
    /// <param name="mean">A slow running mean, in the series' unit.</param>
    /// <param name="scale">Unit of features and labels; at least 1e-100.</param>
    /// <param name="calendar">Of the end of the step, [<see cref="CalendarTerms.Count"/>].</param>
    /// <param name="outside">Features from outside, finite, [options.OutsideFeatures].</param>
    /// <param name="forecasts">Receives the forecasts, [K], in the series' unit.</param>
    public void Step(
        Window window, double mean, double scale, ReadOnlySpan<double> calendar, ReadOnlySpan<double> outside,
        Span<double> forecasts)
    {
        double x = window.Ago(0), perUnit = 1 / scale;
        Label(window, x);
        Fill(window, (x - mean) * perUnit, perUnit, calendar, outside);
        scales[step % scales.Length] = scale;
        if (step >= FirstOrigin)
        {
            rules.Step(features, labels, forecasts);
        }
        else
        {
            forecasts.Clear(); // nor may they enter the covariance, which would take them for learnt
        }

        for (int k = 0; k < horizons.Length; k++)
        {
            int ago = Anchor(horizons[k], HasSeason(step)) - horizons[k];
            forecasts[k] = window.Ago(ago) + (scale * forecasts[k]);
        }

        step++;
    }

    /// <summary>Forgets all it has learnt.</summary>
    public void Clear()
    {
        step = 0;
        rules.Clear();
    }

    /// <summary>What each rule should have given, now that this step is known.</summary>
    private void Label(Window window, double x)
    {
        bool isHeld = window.IsHeldAgo(0);
        for (int k = 0; k < horizons.Length; k++)
        {
            long origin = step - horizons[k];
            labels[k] = isHeld || origin < FirstOrigin
                ? double.NaN
                : (x - window.Ago(Anchor(horizons[k], HasSeason(origin)))) / scales[origin % scales.Length];
        }
    }

    private void Fill(
        Window window, double level, double perUnit, ReadOnlySpan<double> calendar, ReadOnlySpan<double> outside)
    {
        double x = window.Ago(0);
        int known = Math.Min(options.LagSteps, window.Count - 1);
        for (int k = 0; k < known; k++)
        {
            features[k] = Math.Clamp((window.Ago(k + 1) - x) * perUnit, -Limit, Limit);
        }

        features.AsSpan(known, options.LagSteps - known).Clear();
        Span<double> rest = features.AsSpan(options.LagSteps);
        rest[0] = 1;
        rest[1] = Math.Clamp(level, -Limit, Limit);
        calendar.CopyTo(rest[OwnFeatures..]);
        outside.CopyTo(rest[(OwnFeatures + CalendarTerms.Count)..]);
    }

    /// <summary>How long before its target a forecast's anchor lies, in steps.</summary>
    private int Anchor(int horizon, bool hasSeason) =>
        hasSeason ? (horizon + seasonSteps - 1) / seasonSteps * seasonSteps : horizon;

    private bool HasSeason(long origin) => seasonSteps > 0 && origin >= seasonSteps;
}
