using System.Runtime.CompilerServices;
using Streaming.Training.Network;

namespace Streaming.Training.Losses;

/// <summary>Loss of a batch over a chunk: the mean over each series' labels, averaged over series.</summary>
/// <param name="kind">What an error costs.</param>
/// <param name="levels">Quantile of each output for the pinball loss, [K]; empty for the median.</param>
/// <param name="maxRows">Most series of a batch.</param>
/// <remarks>
/// So a series with few labels counts as much as one with many. Sums are in double and in order, over a series' labels
/// and then over series.
/// </remarks>
internal sealed class ChunkLoss(LossKind kind, IReadOnlyList<double> levels, int maxRows)
{
    private readonly double[] levels = [.. levels];
    private readonly double[] rowShares = new double[maxRows]; // of a label: its weight over its series' weights
    private readonly double[] rowLosses = new double[maxRows];

    /// <summary>Finds what each label of a batch counts.</summary>
    /// <returns>How many series and labels the loss is over.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public (int Series, int Labels) Begin(ChunkBatch batch)
    {
        ReadOnlySpan<float> weights = batch.Weights;
        int width = weights.Length / Math.Max(1, batch.Steps * batch.Rows), labels = 0, n = 0;
        Array.Clear(rowShares);
        for (int t = 0; t < batch.Steps; t++)
        {
            for (int row = 0; row < batch.Rows; row++)
            {
                for (int k = 0; k < width; k++, n++)
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

    /// <summary>
    /// Scores the outputs of some rows and replaces them by the gradient of the loss; padding is zero already.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(ChunkBatch batch, Tape tape, RowRange rows)
    {
        int outputs = tape.Layout.Shape.Outputs;
        ReadOnlySpan<float> targets = batch.Targets, weights = batch.Weights;
        ReadOnlySpan<double> lossShares = batch.LossShares;
        rowLosses.AsSpan(rows.First, rows.Count).Clear();
        for (int t = 0; t < batch.Steps; t++)
        {
            Span<float> output = tape.OutputsAt(t, rows).Dense;
            int label = ((t * batch.Rows) + rows.First) * outputs;
            for (int row = rows.First; row < rows.First + rows.Count; row++, output = output[tape.Layout.Outputs..])
            {
                double share = rowShares[row];
                for (int k = 0; k < outputs; k++, label++)
                {
                    double weight = weights[label] * share * lossShares[(row * outputs) + k];
                    double error = (double)output[k] - targets[label];
                    double level = levels.Length > 0 ? levels[k] : 0.5;
                    rowLosses[row] += weight > 0 ? LossFunction.Value(kind, error, level) * weight : 0;
                    output[k] = weight > 0 ? (float)(LossFunction.Slope(kind, error, level) * weight) : 0;
                }
            }
        }
    }

    /// <summary>The loss of a batch whose rows have all been run, 0 without labels.</summary>
    public double Total(ChunkBatch batch)
    {
        double total = 0;
        foreach (double loss in rowLosses.AsSpan(0, batch.Rows))
        {
            total += loss;
        }

        return total;
    }
}
