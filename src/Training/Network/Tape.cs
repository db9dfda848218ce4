using Streaming.Training.Arithmetic;

namespace Streaming.Training.Network;

/// <summary>
/// What a forward pass leaves behind for the backward pass, for a batch of series over a chunk of steps.
/// </summary>
/// <remarks>
/// Time-major: a matrix over the chunk has steps · rows rows, step by step; gates lie in panels of 16 units. Hidden and
/// cell states have one step more in front, the carried state. The backward pass overwrites gates and outputs in place
/// by their gradients. Workers may fill different rows at once.
/// </remarks>
internal sealed class Tape
{
    private readonly AlignedFloats[] gates;
    private readonly AlignedFloats[] hidden;
    private readonly AlignedFloats[] cell;
    private readonly AlignedFloats[] cellTanh;
    private readonly AlignedFloats[] masks;
    private readonly AlignedFloats[] dropped;
    private readonly AlignedFloats outputs;

    public Tape(ParameterLayout layout, int maxRows, int maxSteps, bool canDrop = false)
    {
        Layout = layout;
        MaxRows = maxRows;
        MaxSteps = maxSteps;
        int layers = layout.Shape.Layers, places = maxRows * maxSteps;
        gates = Allocate(layers, places * layout.Gates);
        hidden = Allocate(layers, (places + maxRows) * layout.Hidden);
        cell = Allocate(layers, (places + maxRows) * layout.Hidden);
        cellTanh = Allocate(layers, places * layout.Hidden);
        masks = Allocate(canDrop ? layers - 1 : 0, places * layout.Hidden);
        dropped = Allocate(masks.Length, places * layout.Hidden);
        outputs = new(places * layout.Outputs);
    }

    public ParameterLayout Layout { get; }

    public int MaxRows { get; }

    public int MaxSteps { get; }

    /// <summary>Series of the pass on the tape.</summary>
    public int Rows { get; private set; }

    /// <summary>Steps of the pass on the tape.</summary>
    public int Steps { get; private set; }

    /// <summary>Whether units were switched off between layers in the pass on the tape.</summary>
    public bool IsDropped { get; private set; }

    /// <summary>Outputs, later their gradient, [steps · rows, K'].</summary>
    public MatrixView Outputs => MatrixView.Over(outputs.Span, Steps * Rows, Layout.Outputs);

    /// <summary>Makes room for a pass.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More rows or steps than the tape was made for.</exception>
    /// <exception cref="InvalidOperationException">Units are to be switched off on a tape that was not made for it.
    /// </exception>
    public void Begin(int rows, int steps, bool isDropped)
    {
        if (isDropped && masks.Length < Layout.Shape.Layers - 1)
        {
            throw new InvalidOperationException("The tape has no room for dropout.");
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, MaxRows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, MaxSteps);
        Rows = rows;
        Steps = steps;
        IsDropped = isDropped;
    }

    /// <summary>Steps whose rows follow each other without a gap: all of them where the rows are all.</summary>
    public int StepsAtOnce(RowRange rows) => rows.Count == Rows ? Steps : 1;

    /// <summary>Gates, later the gradient of their pre-activations, [steps · rows, 4H'].</summary>
    public PanelView Gates(int layer) => PanelView.Over(gates[layer].Span, Steps * Rows, Layout.Gates);

    /// <summary>Outputs of one step, later their gradient, [rows, K'].</summary>
    public MatrixView OutputsAt(int step, RowRange rows) => At(outputs, step, rows, Layout.Outputs);

    /// <summary>Hidden states that a step starts from, [rows, H']; step 0 starts from the carried one.</summary>
    public MatrixView HiddenBefore(int layer, int step, RowRange rows) => At(hidden[layer], step, rows, Layout.Hidden);

    /// <summary>Hidden states that a step makes, [rows, H'].</summary>
    public MatrixView HiddenAfter(int layer, int step, RowRange rows) => HiddenBefore(layer, step + 1, rows);

    /// <summary>Cell states that a step starts from, [rows, H'].</summary>
    public MatrixView CellBefore(int layer, int step, RowRange rows) => At(cell[layer], step, rows, Layout.Hidden);

    /// <summary>Cell states that a step makes, [rows, H'].</summary>
    public MatrixView CellAfter(int layer, int step, RowRange rows) => CellBefore(layer, step + 1, rows);

    /// <summary>Factors on the hidden states of a layer on their way up, [rows, H'].</summary>
    public MatrixView DropoutMask(int layer, int step, RowRange rows) => At(masks[layer], step, rows, Layout.Hidden);

    /// <summary>Hidden states of a layer times their factors, [rows, H'].</summary>
    public MatrixView Dropped(int layer, int step, RowRange rows) => At(dropped[layer], step, rows, Layout.Hidden);

    /// <summary>What the layer above sees of a layer at all steps, [steps · rows, H] without padding.</summary>
    public MatrixView SeenAbove(int layer) => IsDropped ? States(dropped[layer].Span) : HiddenAfter(layer);

    /// <summary>Hidden states that all steps start from, [steps · rows, H] without padding.</summary>
    public MatrixView HiddenBefore(int layer) => States(hidden[layer].Span);

    /// <summary>Hidden states that all steps make, [steps · rows, H] without padding.</summary>
    public MatrixView HiddenAfter(int layer) => States(hidden[layer].Span[(Rows * Layout.Hidden)..]);

    /// <summary>The same with their padding, [steps · rows, H'].</summary>
    public MatrixView PaddedHiddenAfter(int layer) => Padded(hidden[layer].Span[(Rows * Layout.Hidden)..]);

    /// <summary>Cell states that all steps start from, [steps · rows, H'].</summary>
    public MatrixView CellBefore(int layer) => Padded(cell[layer].Span);

    /// <summary>Cell states that all steps make, [steps · rows, H'].</summary>
    public MatrixView CellAfter(int layer) => Padded(cell[layer].Span[(Rows * Layout.Hidden)..]);

    /// <summary>tanh of the cell states that all steps make, [steps · rows, H'].</summary>
    public MatrixView CellTanh(int layer) => Padded(cellTanh[layer].Span);

    private static AlignedFloats[] Allocate(int layers, int length) =>
        [.. Enumerable.Range(0, layers).Select(_ => new AlignedFloats(length))];

    private MatrixView At(AlignedFloats buffer, int step, RowRange rows, int width) =>
        MatrixView.Over(buffer.Span[(((step * Rows) + rows.First) * width)..], rows.Count, width);

    private MatrixView Padded(Span<float> from) => MatrixView.Over(from, Steps * Rows, Layout.Hidden);

    private MatrixView States(Span<float> from) =>
        MatrixView.Over(from, Steps * Rows, Layout.Shape.Hidden, Layout.Hidden);
}
