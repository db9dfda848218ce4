using Streaming.Inference.Model;
using Streaming.Training.Losses;

namespace Streaming.Training.Samples;

/// <summary>Features and labels of one series over a window of steps, as the live path would make them.</summary>
/// <remarks>Arrays are row-major and taken over, not copied: the caller no longer writes to them.</remarks>
public sealed class EncodedWindow
{
    /// <summary>An anchor that is nearly always right must not make its series outweigh all others.</summary>
    private const double LeastUnit = 1e-3;

    /// <summary>Creates a window.</summary>
    /// <param name="series">Hash of the series id.</param>
    /// <param name="steps">Steps, T; oldest first.</param>
    /// <param name="inputs">Inputs of the first layer, [T, I], scaled, dimensionless.</param>
    /// <param name="skip">Inputs of the linear skip, [T, S], scaled, dimensionless.</param>
    /// <param name="targets">What each output should be, [T, K]: (value at the horizon - anchor) / scale.</param>
    /// <param name="weights">
    /// Weight of each target, [T, K]: 0 where the value has not arrived or is imputed, else usually 1.
    /// </param>
    /// <exception cref="ArgumentException">A length is not a multiple of the steps, or a weight is negative or NaN.
    /// </exception>
    public EncodedWindow(ulong series, int steps, float[] inputs, float[] skip, float[] targets, float[] weights)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(skip);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(weights);
        bool whole = inputs.Length > 0 && targets.Length > 0 && inputs.Length % steps == 0 && skip.Length % steps == 0
            && targets.Length % steps == 0;
        if (!whole || weights.Length != targets.Length)
        {
            throw new ArgumentException(
                $"{inputs.Length}, {skip.Length}, {targets.Length}, {weights.Length} floats do not fit {steps} steps.");
        }

        if (Array.Exists(weights, w => !(w >= 0 && float.IsFinite(w))))
        {
            throw new ArgumentException("A weight is negative or not finite.", nameof(weights));
        }

        Series = series;
        Steps = steps;
        Inputs = inputs;
        Skip = skip;
        Targets = targets;
        Weights = weights;
    }

    /// <summary>Hash of the series id.</summary>
    public ulong Series { get; }

    /// <summary>Steps, T.</summary>
    public int Steps { get; }

    /// <summary>
    /// Number of the first step, counted as the series counts its steps: it tells which steps of two windows are the
    /// same. Default 0.
    /// </summary>
    public long FirstStep { get; init; }

    /// <summary>Number of the step after the last.</summary>
    public long EndStep => FirstStep + Steps;

    /// <summary>Inputs of the first layer, [T, I].</summary>
    public float[] Inputs { get; }

    /// <summary>Inputs of the linear skip, [T, S].</summary>
    public float[] Skip { get; }

    /// <summary>Targets, [T, K]; anything, NaN too, where the weight is 0.</summary>
    public float[] Targets { get; }

    /// <summary>Weights of the targets, [T, K].</summary>
    public float[] Weights { get; }

    /// <summary>What the loss of each output is divided by, [K]; empty: by nothing.</summary>
    /// <remarks>See <see cref="RelativeToAnchor"/>.</remarks>
    internal double[] LossUnits { get; private init; } = [];

    /// <summary>
    /// The same window with each output's loss in units of what its anchor loses, whose output would be zero.
    /// </summary>
    /// <param name="kind">The loss that will be minimized.</param>
    /// <remarks>
    /// So a smooth series, whose anchor is nearly right, teaches as much as a noisy one: without it a network learns to
    /// disturb forecasts that were better left alone.
    /// </remarks>
    public EncodedWindow RelativeToAnchor(LossKind kind)
    {
        int outputs = Targets.Length / Steps;
        double[] losses = new double[outputs], counts = new double[outputs];
        for (int n = 0; n < Targets.Length; n++)
        {
            if (Weights[n] > 0)
            {
                losses[n % outputs] += Weights[n] * LossFunction.Value(kind, Targets[n], level: 0.5);
                counts[n % outputs] += Weights[n];
            }
        }

        return new(Series, Steps, Inputs, Skip, Targets, Weights)
        {
            FirstStep = FirstStep,
            LossUnits = [.. losses.Zip(counts, (sum, count) => count > 0 ? Math.Max(sum / count, LeastUnit) : 1)],
        };
    }

    /// <summary>Whether its widths are those of a network.</summary>
    internal bool Fits(ModelShape shape) =>
        Inputs.Length == Steps * shape.Inputs && Skip.Length == Steps * shape.SkipInputs
        && Targets.Length == Steps * shape.Outputs;

    /// <summary>Whether every input and every target with a weight is a number.</summary>
    internal bool IsFinite()
    {
        for (int n = 0; n < Targets.Length; n++)
        {
            if (Weights[n] > 0 && !float.IsFinite(Targets[n]))
            {
                return false;
            }
        }

        return Array.TrueForAll(Inputs, float.IsFinite) && Array.TrueForAll(Skip, float.IsFinite);
    }
}
