using System.Runtime.InteropServices;
using Streaming.Inference.Kernels;
using Streaming.Inference.Model;

namespace Inference.Tests.Model;

/// <summary>Many series of one model, stepped with inputs drawn per series and step, for comparisons by bits.</summary>
internal sealed class Fleet
{
    private readonly ModelWeights weights;
    private readonly StateTable states;
    private readonly StepScratch scratch;
    private readonly int[] rows;

    public Fleet(VectorForm form, ModelParameters parameters, int series, int maxBatch)
    {
        Shape = parameters.Shape;
        weights = ModelWeights.Pack(parameters, form);
        states = new StateTable(Shape, series);
        scratch = new StepScratch(Shape, maxBatch);
        rows = [.. Enumerable.Range(0, series).Select(_ => states.Rent())];
    }

    public ModelShape Shape { get; }

    /// <summary>
    /// Steps the series named in <paramref name="order"/>; inputs and outputs stay in the order of series.
    /// </summary>
    public void Step(int[] order, float[] inputs, float[] skip, float[] outputs)
    {
        int[] orderedRows = [.. order.Select(i => rows[i])];
        var ordered = new float[order.Length * Shape.Outputs];

        NetworkStep.Run(weights, states, orderedRows, Gather(inputs, Shape.Inputs, order),
            Gather(skip, Shape.SkipInputs, order), ordered, scratch);

        for (int i = 0; i < order.Length; i++)
        {
            ordered.AsSpan(i * Shape.Outputs, Shape.Outputs).CopyTo(outputs.AsSpan(order[i] * Shape.Outputs));
        }
    }

    /// <summary>h and c of all series, [series][layer][h, c].</summary>
    public float[] States()
    {
        var all = new float[rows.Length * states.RowLength];
        for (int i = 0; i < rows.Length; i++)
        {
            states.CopyTo(rows[i], all.AsSpan(i * states.RowLength, states.RowLength));
        }

        return all;
    }

    public static ReadOnlySpan<byte> Bits(float[] values) => MemoryMarshal.AsBytes(values.AsSpan());

    private static float[] Gather(float[] source, int width, int[] order) =>
        [.. order.SelectMany(i => source.Skip(i * width).Take(width))];
}
