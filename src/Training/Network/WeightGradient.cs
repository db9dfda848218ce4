using Streaming.Training.Arithmetic;

namespace Streaming.Training.Network;

/// <summary>The gradient of all parameters, from a tape whose gates and outputs hold their gradients.</summary>
/// <remarks>
/// Cut into parts that touch different parameters: a part takes one panel of gates, or of outputs, to the gradients of
/// all matrices that make it. Each element is summed over all steps and rows in order, so that which thread runs a part
/// changes no bit. Allocates nothing after construction.
/// </remarks>
internal sealed class WeightGradient
{
    /// <summary>Places summed at a time: so much of a panel (32 KB) stays in the first-level cache for all matrices.
    /// </summary>
    private const int PlaceBlock = 128;

    private readonly ParameterLayout layout;
    private readonly (int Layer, int Column)[] parts;
    private readonly AlignedFloats values;
    private readonly AlignedFloats zeros = new(Panels.Width);
    private readonly AlignedFloats one = new(1);

    public WeightGradient(ParameterLayout layout)
    {
        this.layout = layout;
        values = new(layout.Length);
        one.Span.Fill(1);
        int layers = layout.Shape.Layers;
        parts = [.. Enumerable.Range(0, layers + 1).Reverse().SelectMany(
            layer => ColumnsOf(layer == layers ? layout.Outputs : layout.Gates).Select(column => (layer, column)))];
    }

    /// <summary>The gradient, in the layout of the parameters.</summary>
    public Span<float> Values => values.Span;

    /// <summary>Parts to run.</summary>
    public int PartCount => parts.Length;

    /// <summary>Writes one part.</summary>
    public void Run(int part, ChunkBatch batch, Tape tape)
    {
        (int layer, int column) = parts[part];
        if (layer == layout.Shape.Layers)
        {
            MatrixView outputs = PanelView.Of(tape.Outputs).At(column);
            Run(outputs, tape.HiddenAfter(layer - 1), layout.Head, batch.Skip, layout.Skip, layout.HeadBias, column);
        }
        else
        {
            Run(
                tape.Gates(layer).At(column),
                layer == 0 ? batch.Inputs : tape.SeenAbove(layer - 1),
                layout.InputWeights(layer),
                tape.HiddenBefore(layer),
                layout.RecurrentWeights(layer),
                layout.Bias(layer),
                column);
        }
    }

    /// <summary>Sums over places, [places, width] by [places, rows of a matrix], block by block.</summary>
    private void Run(
        MatrixView slopes,
        MatrixView first,
        Panels firstTo,
        MatrixView second,
        Panels secondTo,
        Panels bias,
        int column)
    {
        for (int place = 0; place < slopes.Rows; place += PlaceBlock)
        {
            int count = Math.Min(PlaceBlock, slopes.Rows - place);
            MatrixView block = slopes.SliceRows(place, count);
            bool isFirst = place == 0;
            Add(block, first.SliceRows(place, count), firstTo, column, isFirst);
            Add(block, second.SliceRows(place, count), secondTo, column, isFirst);
            Add(block, MatrixView.Repeat(one.Span, count), bias, column, isFirst);
        }
    }

    private void Add(MatrixView slopes, MatrixView sources, Panels to, int column, bool isFirst)
    {
        if (to.Rows > 0)
        {
            MatrixView target = to.In(Values).At(column);
            MatrixView start = isFirst ? MatrixView.Repeat(zeros.Span[..target.Columns], target.Rows) : target;
            Products.Multiply(start, sources.Transposed, slopes, target);
        }
    }

    private static IEnumerable<int> ColumnsOf(int width) =>
        Enumerable.Range(0, (width + Panels.Width - 1) / Panels.Width).Select(panel => panel * Panels.Width);
}
