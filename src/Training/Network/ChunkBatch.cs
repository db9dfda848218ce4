using System.Runtime.CompilerServices;
using Streaming.Inference.Model;
using Streaming.Training.Arithmetic;
using Streaming.Training.Samples;

namespace Streaming.Training.Network;

/// <summary>Inputs and labels of a few windows over a chunk of steps, side by side, time-major.</summary>
internal sealed class ChunkBatch
{
    private readonly ModelShape shape;
    private readonly AlignedFloats inputs;
    private readonly AlignedFloats skip;
    private readonly float[] targets;
    private readonly float[] weights;
    private readonly double[] lossShares;

    public ChunkBatch(ModelShape shape, int maxRows, int maxSteps)
    {
        this.shape = shape;
        int places = maxRows * maxSteps;
        inputs = new(places * shape.Inputs);
        skip = new(places * shape.SkipInputs);
        targets = new float[places * shape.Outputs];
        weights = new float[places * shape.Outputs];
        lossShares = new double[maxRows * shape.Outputs];
    }

    /// <summary>Series.</summary>
    public int Rows { get; private set; }

    /// <summary>Steps.</summary>
    public int Steps { get; private set; }

    /// <summary>[steps · rows, I].</summary>
    public MatrixView Inputs => MatrixView.Over(inputs.Span, Steps * Rows, shape.Inputs);

    /// <summary>[steps · rows, S].</summary>
    public MatrixView Skip => MatrixView.Over(skip.Span, Steps * Rows, shape.SkipInputs);

    /// <summary>[steps · rows, K]; anything where the weight is zero.</summary>
    public ReadOnlySpan<float> Targets => targets.AsSpan(0, Steps * Rows * shape.Outputs);

    /// <summary>[steps · rows, K]; zero for a label that does not count.</summary>
    public ReadOnlySpan<float> Weights => weights.AsSpan(0, Steps * Rows * shape.Outputs);

    /// <summary>What a loss of one counts at each output, [rows, K].</summary>
    public ReadOnlySpan<double> LossShares => lossShares.AsSpan(0, Rows * shape.Outputs);

    /// <summary>Loads one chunk of each part, its first step given; past a part's end a row is zero.</summary>
    public void Load(ReadOnlySpan<WindowPart> parts, int fromStep, int steps, ReadOnlySpan<int> horizons)
    {
        Rows = parts.Length;
        Steps = steps;
        for (int row = 0; row < parts.Length; row++)
        {
            WindowPart part = parts[row];
            int first = part.Start + fromStep, count = Math.Clamp(part.End - first, 0, steps);
            CopySteps(part.Window.Inputs, first, count, inputs.Span, row, shape.Inputs);
            CopySteps(part.Window.Skip, first, count, skip.Span, row, shape.SkipInputs);
            CopySteps(part.Window.Targets, first, count, targets, row, shape.Outputs);
            CopySteps(part.Window.Weights, first, count, weights, row, shape.Outputs);
            DropLabels(part, first, count, row, horizons);
            ShareLoss(part.Window, lossShares.AsSpan(row * shape.Outputs, shape.Outputs));
        }
    }

    /// <summary>Copies some steps of a window into a row, time-major, and fills the rest of the row with
    /// zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CopySteps(float[] window, int first, int count, Span<float> batch, int row, int width)
    {
        for (int t = 0; t < Steps; t++)
        {
            Span<float> place = batch.Slice(((t * Rows) + row) * width, width);
            if (t < count)
            {
                window.AsSpan((first + t) * width, width).CopyTo(place);
            }
            else
            {
                place.Clear();
            }
        }
    }

    private static void ShareLoss(EncodedWindow window, Span<double> shares)
    {
        for (int k = 0; k < shares.Length; k++)
        {
            shares[k] = window.LossUnits.Length > 0 ? 1 / window.LossUnits[k] : 1;
        }
    }

    /// <summary>Takes the weight from labels that do not count.</summary>
    private void DropLabels(in WindowPart part, int first, int count, int row, ReadOnlySpan<int> horizons)
    {
        for (int t = 0; t < count; t++)
        {
            Span<float> weight = weights.AsSpan(((t * Rows) + row) * shape.Outputs, shape.Outputs);
            for (int k = 0; k < weight.Length; k++)
            {
                weight[k] = part.Counts(first + t, horizons[k]) ? weight[k] : 0;
            }
        }
    }
}
