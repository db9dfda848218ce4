using Streaming.Training.Arithmetic;

namespace Streaming.Training.Network;

/// <summary>
/// What a forward pass leaves behind for the backward pass, for a batch of series over a chunk of steps.
/// </summary>
/// <remarks>
/// Time-major: a matrix over the chunk has steps · rows rows, step by step. Hidden and cell states have one step
/// more in front, the carried state. The backward pass overwrites gates and outputs in place by their gradients.
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

    /// <summary>Gates, later the gradient of their pre-activations, [steps · rows, 4H'].</summary>
    public MatrixView Gates(int layer) => MatrixView.Over(gates[layer].Span, Steps * Rows, Layout.Gates);

    /// <summary>Gates of one step, [rows, 4H'].</summary>
    public Span<float> GatesAt(int layer, int step) => Step(gates[layer], step, Layout.Gates);

    /// <summary>Hidden states that a step starts from, [rows, H']; step 0 starts from the carried one.</summary>
    public Span<float> HiddenBefore(int layer, int step) => Step(hidden[layer], step, Layout.Hidden);

    /// <summary>Hidden states that a step makes, [rows, H'].</summary>
    public Span<float> HiddenAfter(int layer, int step) => Step(hidden[layer], step + 1, Layout.Hidden);

    /// <summary>Hidden states that all steps make, [steps · rows, H'].</summary>
    public Span<float> HiddenAfterAll(int layer) =>
        hidden[layer].Span.Slice(Rows * Layout.Hidden, Steps * Rows * Layout.Hidden);

    /// <summary>Factors on the hidden states of a layer on their way up, [steps · rows, H'].</summary>
    public Span<float> DropoutMask(int layer) => masks[layer].Span[..(Steps * Rows * Layout.Hidden)];

    /// <summary>Hidden states of a layer times their factors, [steps · rows, H'].</summary>
    public Span<float> Dropped(int layer) => dropped[layer].Span[..(Steps * Rows * Layout.Hidden)];

    /// <summary>What the layer above sees of a layer, [steps · rows, H] without padding.</summary>
    public MatrixView SeenAbove(int layer) => IsDropped ? States(Dropped(layer)) : HiddenAfter(layer);

    /// <summary>Hidden states that all steps start from, [steps · rows, H] without padding.</summary>
    public MatrixView HiddenBefore(int layer) => States(hidden[layer].Span);

    /// <summary>Hidden states that all steps make, [steps · rows, H] without padding.</summary>
    public MatrixView HiddenAfter(int layer) => States(hidden[layer].Span[(Rows * Layout.Hidden)..]);

    /// <summary>Cell states that a step starts from, [rows, H'].</summary>
    public Span<float> CellBefore(int layer, int step) => Step(cell[layer], step, Layout.Hidden);

    /// <summary>Cell states that a step makes, [rows, H'].</summary>
    public Span<float> CellAfter(int layer, int step) => Step(cell[layer], step + 1, Layout.Hidden);

    /// <summary>tanh of the cell states that a step makes, [rows, H'].</summary>
    public Span<float> CellTanh(int layer, int step) => Step(cellTanh[layer], step, Layout.Hidden);

    private static AlignedFloats[] Allocate(int layers, int length) =>
        [.. Enumerable.Range(0, layers).Select(_ => new AlignedFloats(length))];

    private Span<float> Step(AlignedFloats buffer, int step, int width) =>
        buffer.Span.Slice(step * Rows * width, Rows * width);

    private MatrixView States(Span<float> from) =>
        MatrixView.Over(from, Steps * Rows, Layout.Shape.Hidden, Layout.Hidden);
}
