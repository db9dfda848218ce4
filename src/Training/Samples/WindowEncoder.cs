using Streaming.Inference.Series;

namespace Streaming.Training.Samples;

/// <summary>Makes features and labels of a window by running the live path's own code over it, from a cold
/// series.</summary>
/// <remarks>Scaler, anchors and features start anew at the window's first value. Not thread-safe.</remarks>
public sealed class WindowEncoder
{
    private const float LargestTarget = 10; // one wild jump must not outweigh all other series
    private const double LeastWorth = 1e-3;

    private readonly ForecasterSettings settings;
    private readonly WindowReplay replay;

    /// <summary>Creates an encoder for the settings that the lanes use.</summary>
    public WindowEncoder(ForecasterSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        this.settings = settings;
        replay = new WindowReplay(settings);
    }

    /// <summary>Encodes one window.</summary>
    /// <returns>Inputs [T, I], skip [T, S]; targets and weights [T, K], weight 0 where the value has not arrived or
    /// was not observed. Targets are clipped at ±10 units of scale.</returns>
    public EncodedWindow Encode(WindowSample sample) => Encode(sample, null);

    /// <summary>Encodes one window whose labels weigh as in a score of squared errors.</summary>
    /// <param name="sample">The window.</param>
    /// <param name="unit">Unit of the score, in the series' unit, above zero.</param>
    public EncodedWindow Encode(WindowSample sample, double unit)
    {
        ArgumentNullException.ThrowIfNull(sample);
        var scales = new double[sample.Values.Length];
        EncodedWindow window = Encode(sample, (step, _, scale) => scales[step] = scale);
        for (int n = 0; n < window.Weights.Length; n++)
        {
            double worth = scales[n / settings.Horizons.Length] / unit;
            window.Weights[n] *= (float)Math.Clamp(worth * worth, LeastWorth, 1 / LeastWorth);
        }

        return window;
    }

    /// <summary>Encodes one window and shows what turns an output back into a value.</summary>
    /// <param name="sample">The window.</param>
    /// <param name="onStep">Told the step, its anchors, [K], and its scale.</param>
    internal EncodedWindow Encode(WindowSample sample, Action<int, Anchors[], double>? onStep)
    {
        ArgumentNullException.ThrowIfNull(sample);
        int steps = sample.Values.Length, horizons = settings.Horizons.Length;
        int covariates = sample.Covariates.Length / steps;
        var inputs = new float[steps * replay.InputCount];
        var skip = new float[steps * replay.SkipCount];
        var targets = new float[steps * horizons];
        var weights = new float[steps * horizons];
        replay.Begin(sample.Profile);
        for (int t = 0; t < steps; t++)
        {
            replay.Step(
                sample.TimeTicks[t], sample.Values[t], sample.IsHeld[t],
                sample.Covariates.AsMemory(t * covariates, covariates),
                inputs.AsSpan(t * replay.InputCount, replay.InputCount),
                skip.AsSpan(t * replay.SkipCount, replay.SkipCount));
            Label(sample, t, replay.Scale, targets, weights);
            onStep?.Invoke(t, replay.Anchors, replay.Scale);
        }

        return new EncodedWindow(sample.Series, steps, inputs, skip, targets, weights) { FirstStep = sample.FirstStep };
    }

    private void Label(WindowSample sample, int t, double scale, float[] targets, float[] weights)
    {
        for (int k = 0; k < settings.Horizons.Length; k++)
        {
            int target = t + settings.Horizons[k];
            if (target < sample.Values.Length && !sample.IsImputed[target])
            {
                targets[(t * settings.Horizons.Length) + k] = Math.Clamp(
                    (float)((sample.Values[target] - replay.Anchors[k].Value) / scale), -LargestTarget, LargestTarget);
                weights[(t * settings.Horizons.Length) + k] = 1;
            }
        }
    }
}
