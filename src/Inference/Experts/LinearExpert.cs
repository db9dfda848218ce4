using Streaming.Inference.Series;
using Streaming.Inference.Series.Codec;

namespace Streaming.Inference.Experts;

/// <summary>Adaptive linear forecasts of one series: least squares over its lags, its calendar and what is given.
/// </summary>
/// <remarks>
/// Forecasts deviations, in units of scale, from seasonal naive once a season has been seen and where its lags reach as
/// far back, else from the last value; so before it has learnt anything it gives those. Labels that were not observed
/// teach nothing, nor do those whose anchor the window no longer holds. Allocates nothing in a step. Not thread-safe.
/// </remarks>
internal sealed class LinearExpert
{
    /// <summary>Largest feature and label, in units of scale: a jump that makes all before it as good as zero must not
    /// be learnt in the unit from before and repeated in the one from after it.</summary>
    private const double Limit = 20;

    /// <summary>Bytes of it and the objects it has, without their arrays.</summary>
    private const int ObjectBytes = 208;

    /// <summary>Origins before it are left out: their scale meant nothing yet.</summary>
    private const int FirstOrigin = 24;

    private readonly LinearExpertOptions options;
    private readonly int[] horizons;
    private readonly int seasonSteps;
    private readonly RecursiveLeastSquares rules;
    private readonly double[] scales;
    private long step;

    /// <summary>Creates an expert that has seen nothing.</summary>
    /// <param name="options">Lags and learning.</param>
    /// <param name="horizons">In steps, ascending, [K]; kept.</param>
    /// <param name="seasonSteps">Season in steps; zero where none is known.</param>
    public LinearExpert(LinearExpertOptions options, int[] horizons, int seasonSteps)
    {
        this.options = options;
        this.horizons = horizons;
        this.seasonSteps = seasonSteps <= options.LagSteps ? seasonSteps : 0;
        scales = new double[horizons[^1] + 1];
        rules = new RecursiveLeastSquares(options.Features, horizons, options.Learning);
    }

    /// <summary>Times that it started anew because rounding had spoilt it.</summary>
    public int Restarts => rules.Restarts;

    /// <summary>Bytes of an expert and all it has.</summary>
    /// <param name="options">Its features.</param>
    /// <param name="horizons">In steps, ascending, [K].</param>
    public static long BytesOf(LinearExpertOptions options, int[] horizons) =>
        ObjectBytes + RecursiveLeastSquares.BytesOf(options.Features, horizons.Length, horizons[^1])
        + SeriesMemory.ArrayOf<double>(horizons[^1] + 1);

    /// <summary>Takes the newest step and forecasts.</summary>
    /// <param name="window">Values up to it; the newest counts as a label unless it was held.</param>
    /// <param name="mean">A slow running mean, in the series' unit.</param>
    /// <param name="scale">Unit of features and labels; at least 1e-100.</param>
    /// <param name="teaches">Whether what follows may teach it: not where the newest value knows its future.</param>
    /// <param name="scratch">With the calendar at the end of the step, and the features from outside, finite; fitted to
    /// it.</param>
    /// <param name="forecasts">Receives the forecasts, [K], in the series' unit.</param>
    public void Step(
        Window window, double mean, double scale, bool teaches, ExpertScratch scratch, Span<double> forecasts)
    {
        double x = window.Ago(0), perUnit = 1 / scale;
        Span<double> labels = scratch.Labels, features = scratch.Features(options.Features);
        Label(window, x, labels);
        Fill(window, (x - mean) * perUnit, perUnit, scratch, features);
        scales[step % scales.Length] = teaches ? scale : 0;
        if (step >= FirstOrigin)
        {
            rules.Step(features, labels, scratch.LabelWeight, forecasts);
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
        scales.AsSpan().Clear();
        rules.Clear();
    }

    /// <summary>What each rule should have given, now that this step is known.</summary>
    private void Label(Window window, double x, Span<double> labels)
    {
        bool isHeld = window.IsHeldAgo(0);
        for (int k = 0; k < horizons.Length; k++)
        {
            long origin = step - horizons[k];
            int ago = Anchor(horizons[k], HasSeason(origin));
            bool isKnown = !isHeld && origin >= FirstOrigin && ago < window.Count;
            double scale = isKnown ? scales[origin % scales.Length] : 0;
            labels[k] = scale > 0 ? Math.Clamp((x - window.Ago(ago)) / scale, -Limit, Limit) : double.NaN;
        }
    }

    private void Fill(Window window, double level, double perUnit, ExpertScratch scratch, Span<double> features)
    {
        double x = window.Ago(0);
        int known = Math.Min(options.LagSteps, window.Count - 1);
        for (int k = 0; k < known; k++)
        {
            features[k] = Math.Clamp((window.Ago(k + 1) - x) * perUnit, -Limit, Limit);
        }

        features[known..options.LagSteps].Clear();
        Span<double> rest = features[options.LagSteps..];
        rest[0] = 1;
        rest[1] = Math.Clamp(level, -Limit, Limit);
        scratch.Calendar.CopyTo(rest[LinearExpertOptions.OwnFeatures..]);
        scratch.Outside(options.OutsideFeatures).CopyTo(rest[^options.OutsideFeatures..]);
    }

    /// <summary>How long before its target a forecast's anchor lies, in steps.</summary>
    private int Anchor(int horizon, bool hasSeason) =>
        hasSeason ? (horizon + seasonSteps - 1) / seasonSteps * seasonSteps : horizon;

    private bool HasSeason(long origin) => seasonSteps > 0 && origin >= seasonSteps;

    internal void WriteTo(StateWriter writer)
    {
        writer.Write(step);
        writer.Write<double>(scales);
        rules.WriteTo(writer);
    }

    internal void ReadFrom(ref StateReader reader)
    {
        step = reader.Read<long>();
        reader.Read<double>(scales);
        rules.ReadFrom(ref reader);
    }
}
