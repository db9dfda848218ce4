using Streaming.Training.Network;

namespace Streaming.Training.Losses;

/// <summary>Loss of a batch over a chunk: the mean over each series' labels, averaged over series.</summary>
/// <remarks>So a series with few labels counts as much as one with many. Sums are in double, in order.</remarks>
internal sealed class ChunkLoss(LossKind kind, int maxRows)
{
    private readonly double[] rowWeights = new double[maxRows];

    /// <summary>Scores the outputs on a tape and replaces them by the gradient of the loss.</summary>
    /// <returns>The loss, 0 without labels; how many series and labels it is over.</returns>
    public (double Loss, int Series, int Labels) Run(ChunkBatch batch, Tape tape)
    {
        int outputs = tape.Layout.Shape.Outputs;
        ReadOnlySpan<float> targets = batch.Targets, weights = batch.Weights;
        (int series, int labels) = SumWeights(batch, outputs);
        double loss = 0;
        for (int place = 0; place < batch.Steps * batch.Rows; place++)
        {
            Span<float> output = tape.Outputs.Values.Slice(place * tape.Layout.Outputs, tape.Layout.Outputs);
            double share = 1 / (rowWeights[place % batch.Rows] * series);
            for (int k = 0; k < outputs; k++)
            {
                float weight = weights[(place * outputs) + k];
                double error = (double)output[k] - targets[(place * outputs) + k];
                loss += weight > 0 ? LossFunction.Value(kind, error) * weight * share : 0;
                output[k] = weight > 0 ? (float)(LossFunction.Slope(kind, error) * weight * share) : 0;
            }

            output[outputs..].Clear();
        }

        return (loss, series, labels);
    }

    private (int Series, int Labels) SumWeights(ChunkBatch batch, int outputs)
    {
        ReadOnlySpan<float> weights = batch.Weights;
        Array.Clear(rowWeights);
        int labels = 0;
        for (int n = 0; n < weights.Length; n++)
        {
            rowWeights[n / outputs % batch.Rows] += weights[n];
            labels += weights[n] > 0 ? 1 : 0;
        }

        return (batch.Rows - rowWeights.AsSpan(0, batch.Rows).Count(0), labels);
    }
}
