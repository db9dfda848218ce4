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

    public ChunkBatch(ModelShape shape, int maxRows, int maxSteps)
    {
        this.shape = shape;
        int places = maxRows * maxSteps;
        inputs = new(places * shape.Inputs);
        skip = new(places * shape.SkipInputs);
        targets = new float[places * shape.Outputs];
        weights = new float[places * shape.Outputs];
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

    /// <summary>Loads one chunk of each part, its first step given; past a part's end a row is zero.</summary>
    public void Load(ReadOnlySpan<WindowPart> parts, int fromStep, int steps, ReadOnlySpan<int> horizons)
    {
        Rows = parts.Length;
        Steps = steps;
        for (int t = 0; t < steps; t++)
        {
            for (int row = 0; row < parts.Length; row++)
            {
                LoadStep(parts[row], parts[row].Start + fromStep + t, (t * Rows) + row, horizons);
            }
        }
    }

    private void LoadStep(in WindowPart part, int step, int place, ReadOnlySpan<int> horizons)
    {
        Span<float> input = inputs.Span.Slice(place * shape.Inputs, shape.Inputs);
        Span<float> skipInput = skip.Span.Slice(place * shape.SkipInputs, shape.SkipInputs);
        Span<float> target = targets.AsSpan(place * shape.Outputs, shape.Outputs);
        Span<float> weight = weights.AsSpan(place * shape.Outputs, shape.Outputs);
        weight.Clear();
        if (step >= part.End)
        {
            input.Clear();
            skipInput.Clear();
            return;
        }

        EncodedWindow window = part.Window;
        window.Inputs.AsSpan(step * shape.Inputs, shape.Inputs).CopyTo(input);
        window.Skip.AsSpan(step * shape.SkipInputs, shape.SkipInputs).CopyTo(skipInput);
        window.Targets.AsSpan(step * shape.Outputs, shape.Outputs).CopyTo(target);
        for (int k = 0; k < weight.Length; k++)
        {
            weight[k] = part.Counts(step, horizons[k]) ? window.Weights[(step * shape.Outputs) + k] : 0;
        }
    }
}
