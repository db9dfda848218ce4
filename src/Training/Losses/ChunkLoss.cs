using System.Runtime.CompilerServices;
using Streaming.Training.Network;

namespace Streaming.Training.Losses;

/// <summary>Loss of a batch over a chunk: the mean over each series' labels, averaged over series.</summary>
/// <param name="kind">What an error costs.</param>
/// <param name="levels">Quantile of each output for the pinball loss, [K]; empty for the median.</param>
/// <param name="maxRows">Most series of a batch.</param>
/// <remarks>So a series with few labels counts as much as one with many. Sums are in double, in order.</remarks>
internal sealed class ChunkLoss(LossKind kind, IReadOnlyList<double> levels, int maxRows)
{
    private readonly double[] levels = [.. levels];
    private readonly double[] rowShares = new double[maxRows];

    /// <summary>Scores the outputs on a tape and replaces them by the gradient of the loss.</summary>
    /// <returns>The loss, 0 without labels; how many series and labels it is over.</returns>
    public (double Loss, int Series, int Labels) Run(ChunkBatch batch, Tape tape)
    {
        int outputs = tape.Layout.Shape.Outputs, width = tape.Layout.Outputs, place = 0;
        (int series, int labels) = SetShares(batch, outputs);
        ReadOnlySpan<float> targets = batch.Targets, weights = batch.Weights;
        Span<float> all = tape.Outputs.Values;
        double loss = 0;
        for (int t = 0; t < batch.Steps; t++)
        {
            for (int row = 0; row < batch.Rows; row++, place++)
            {
                Span<float> output = all.Slice(place * width, width);
                loss += Score(
                    output,
                    targets.Slice(place * outputs, outputs),
                    weights.Slice(place * outputs, outputs),
                    rowShares[row]);
                output[outputs..].Clear();
            }
        }

        return (loss, series, labels);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Score(Span<float> output, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, double share)
    {
        double loss = 0;
        for (int k = 0; k < targets.Length; k++)
        {
            double weight = weights[k] * share, error = (double)output[k] - targets[k];
            double level = levels.Length > 0 ? levels[k] : 0.5;
            loss += weight > 0 ? LossFunction.Value(kind, error, level) * weight : 0;
            output[k] = weight > 0 ? (float)(LossFunction.Slope(kind, error, level) * weight) : 0;
        }

        return loss;
    }

    /// <summary>A label's share of the loss is its weight over its series' weights, over series that have any.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (int Series, int Labels) SetShares(ChunkBatch batch, int outputs)
    {
        ReadOnlySpan<float> weights = batch.Weights;
        Array.Clear(rowShares);
        int labels = 0, n = 0;
        for (int t = 0; t < batch.Steps; t++)
        {
            for (int row = 0; row < batch.Rows; row++)
            {
                for (int k = 0; k < outputs; k++, n++)
                {
                    rowShares[row] += weights[n];
                    labels += weights[n] > 0 ? 1 : 0;
                }
            }
        }

        int series = batch.Rows - rowShares.AsSpan(0, batch.Rows).Count(0);
        for (int row = 0; row < batch.Rows; row++)
        {
            rowShares[row] = rowShares[row] > 0 ? 1 / (rowShares[row] * series) : 0;
        }

        return (series, labels);
    }
}
