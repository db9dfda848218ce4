using Streaming.Training.Losses;
using Streaming.Training.Network;
using Streaming.Training.Samples;

namespace Streaming.Training.FineTuning;

/// <summary>Loss of a network on the labels that count, per window and output, with state carried through each window.
/// </summary>
/// <remarks>Runs the forward pass of training. Owns its scratch; not thread-safe.</remarks>
internal sealed class HeldOutLoss(ParameterLayout layout, LearningOptions options)
{
    private readonly ChunkBatch batch = new(layout.Shape, options.BatchWindows, options.ChunkSteps);
    private readonly Tape tape = new(layout, options.BatchWindows, options.ChunkSteps);
    private readonly CarriedState state = new(layout, options.BatchWindows);
    private readonly int[] horizons = [.. options.HorizonSteps];

    /// <summary>
    /// Mean loss of each part at each output, [parts][K]; NaN where no label counts, infinite where a label counts
    /// and the forecast or the label is not finite.
    /// </summary>
    /// <param name="parameters">The network.</param>
    /// <param name="parts">Longest first.</param>
    public double[][] Of(PackedParameters parameters, WindowPart[] parts)
    {
        int outputs = layout.Shape.Outputs;
        double[][] losses = [.. parts.Select(_ => new double[outputs])];
        double[][] weights = [.. parts.Select(_ => new double[outputs])];
        for (int first = 0; first < parts.Length; first += options.BatchWindows)
        {
            int count = Math.Min(options.BatchWindows, parts.Length - first);
            AddBatch(parameters, parts.AsSpan(first, count), losses.AsSpan(first), weights.AsSpan(first));
        }

        for (int n = 0; n < parts.Length; n++)
        {
            for (int k = 0; k < outputs; k++)
            {
                losses[n][k] = weights[n][k] > 0 && !double.IsFinite(losses[n][k])
                    ? double.PositiveInfinity
                    : losses[n][k] / weights[n][k];
            }
        }

        return losses;
    }

    private void AddBatch(
        PackedParameters parameters, ReadOnlySpan<WindowPart> parts, Span<double[]> losses, Span<double[]> weights)
    {
        state.Clear();
        for (int from = 0; from < parts[0].Steps; from += options.ChunkSteps)
        {
            ReadOnlySpan<WindowPart> active = WindowPart.Beyond(parts, from);
            batch.Load(active, from, Math.Min(options.ChunkSteps, parts[0].Steps - from), horizons);
            ForwardPass.Run(parameters, batch, state, tape);
            AddChunk(losses, weights);
        }
    }

    private void AddChunk(Span<double[]> losses, Span<double[]> weights)
    {
        int outputs = layout.Shape.Outputs;
        ReadOnlySpan<float> targets = batch.Targets, labelWeights = batch.Weights;
        ReadOnlySpan<float> forecasts = tape.Outputs.Values;
        for (int n = 0; n < targets.Length; n++)
        {
            int place = n / outputs, k = n % outputs, row = place % batch.Rows;
            if (labelWeights[n] > 0)
            {
                double error = (double)forecasts[(place * layout.Outputs) + k] - targets[n];
                double level = options.QuantileLevels.Count > 0 ? options.QuantileLevels[k] : 0.5;
                losses[row][k] += labelWeights[n] * LossFunction.Value(options.Loss, error, level);
                weights[row][k] += labelWeights[n];
            }
        }
    }
}
