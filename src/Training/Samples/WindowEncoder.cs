using Streaming.Inference.Series;

namespace Streaming.Training.Samples;

/// <summary>Makes features and labels of a window by running the live path's own code over it, from a cold
/// series.</summary>
/// <remarks>
/// Scaler, anchors and features start anew at the window's first value, as they do for a new series; the network's
/// deviation is taken as zero, which no feature reads. Not thread-safe.
/// </remarks>
public sealed class WindowEncoder
{
    private const float LargestTarget = 10; // one wild jump must not outweigh all other series

    private readonly ForecasterSettings settings;
    private readonly Features features;
    private readonly SeriesStep step;
    private readonly LiveScores scores;
    private readonly Anchors[] anchors;
    private readonly float[] noDeviation;
    private readonly double[] yhat;
    private readonly double[] quantiles;

    /// <summary>Creates an encoder for the settings that the lanes use.</summary>
    public WindowEncoder(ForecasterSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        this.settings = settings with { QuantileLevels = [] };
        int horizons = settings.Horizons.Length;
        features = new Features(settings);
        step = new SeriesStep(this.settings);
        scores = new LiveScores(horizons);
        anchors = new Anchors[horizons];
        noDeviation = new float[horizons];
        yhat = new double[horizons];
        quantiles = [];
    }

    /// <summary>Encodes one window.</summary>
    /// <returns>Inputs [T, I], skip [T, S]; targets and weights [T, K], weight 0 where the value has not arrived or
    /// was not observed. Targets are clipped at ±10 units of scale.</returns>
    public EncodedWindow Encode(WindowSample sample) => Encode(sample, null);

    /// <summary>Encodes one window and shows what turns an output back into a value.</summary>
    /// <param name="sample">The window.</param>
    /// <param name="onStep">Told the step, its anchors, [K], and its scale.</param>
    internal EncodedWindow Encode(WindowSample sample, Action<int, Anchors[], double>? onStep)
    {
        ArgumentNullException.ThrowIfNull(sample);
        int steps = sample.Values.Length, horizons = anchors.Length, covariates = sample.Covariates.Length / steps;
        var series = new SeriesState(sample.Profile, settings, row: 0);
        var inputs = new float[steps * features.InputCount];
        var skip = new float[steps * features.SkipCount];
        var targets = new float[steps * horizons];
        var weights = new float[steps * horizons];
        for (int t = 0; t < steps; t++)
        {
            var pending = new PendingStep(
                series, sample.TimeTicks[t], sample.Values[t], sample.IsHeld[t] && t > 0, Restarts: false, Origin: 0)
            {
                Covariates = sample.Covariates.AsMemory(t * covariates, covariates),
            };
            step.Observe(series, pending, scores);
            step.Anchor(series, anchors);
            features.Write(
                series, anchors, inputs.AsSpan(t * features.InputCount, features.InputCount),
                skip.AsSpan(t * features.SkipCount, features.SkipCount));
            Label(sample, t, series.Scaler.Scale, targets, weights);
            onStep?.Invoke(t, anchors, series.Scaler.Scale);
            step.Issue(pending, anchors, new NetworkOutput(noDeviation, []), yhat, quantiles);
        }

        return new EncodedWindow(sample.Series, steps, inputs, skip, targets, weights) { FirstStep = sample.FirstStep };
    }

    private void Label(WindowSample sample, int t, double scale, float[] targets, float[] weights)
    {
        for (int k = 0; k < anchors.Length; k++)
        {
            int target = t + settings.Horizons[k];
            if (target < sample.Values.Length && !sample.IsImputed[target])
            {
                targets[(t * anchors.Length) + k] = Math.Clamp(
                    (float)((sample.Values[target] - anchors[k].Value) / scale), -LargestTarget, LargestTarget);
                weights[(t * anchors.Length) + k] = 1;
            }
        }
    }
}
