using System.Numerics.Tensors;
using Streaming.Training.Arithmetic;

namespace Streaming.Training.Network;

/// <summary>
/// Backpropagation through the steps of a tape, as far as the gates; gradients do not flow into the state carried into
/// it.
/// </summary>
/// <remarks>
/// Owns the scratch of one trainer: rows may run at once on several threads, passes may not. Allocates nothing after
/// construction. Source: Werbos 1990; truncation with carried state, Williams and Peng 1990.
/// </remarks>
internal sealed class BackwardPass
{
    private readonly ParameterLayout layout;
    private readonly TransposedWeights transposed;
    private readonly AlignedFloats hiddenSlopes;
    private readonly AlignedFloats cellSlopes;
    private readonly AlignedFloats zeros;

    public BackwardPass(ParameterLayout layout, int maxRows, int maxSteps)
    {
        this.layout = layout;
        transposed = new(layout);
        hiddenSlopes = new(maxRows * maxSteps * layout.Hidden);
        cellSlopes = new(maxRows * layout.Hidden);
        zeros = new(layout.Hidden);
    }

    /// <summary>Takes over the weights of a forward pass.</summary>
    public void Begin(PackedParameters parameters) => transposed.Follow(parameters.Values);

    /// <summary>Turns the gates of some rows into the gradients of their pre-activations.</summary>
    /// <param name="tape">Tape of the forward pass, outputs replaced by the loss's gradient.</param>
    /// <param name="rows">Rows to run.</param>
    public void Run(Tape tape, RowRange rows)
    {
        PanelView head = transposed.Head.In(transposed.Values);
        for (int t = 0; t < tape.Steps; t++)
        {
            MatrixView outputs = tape.OutputsAt(t, rows).Slice(0, layout.Shape.Outputs);
            Products.Multiply(Zeros(rows), outputs, head, PanelView.Of(HiddenSlopes(tape, t, rows)));
        }

        for (int l = layout.Shape.Layers - 1; l >= 0; l--)
        {
            RunLayer(l, tape, rows);
        }
    }

    /// <summary>
    /// From the last step to the first: the gradient of h(t) gains what step t+1 sends back, and is then replaced by
    /// that of the layer below.
    /// </summary>
    private void RunLayer(int layer, Tape tape, RowRange rows)
    {
        PanelView recurrentWeights = transposed.RecurrentWeights(layer).In(transposed.Values);
        PanelView inputWeights = transposed.InputWeights(layer).In(transposed.Values);
        MatrixView cells = MatrixView.Over(
            cellSlopes.Span.Slice(rows.First * layout.Hidden, rows.Count * layout.Hidden), rows.Count, layout.Hidden);
        cells.Dense.Clear();
        PanelView allGates = tape.Gates(layer);
        for (int t = tape.Steps - 1; t >= 0; t--)
        {
            MatrixView slopes = HiddenSlopes(tape, t, rows);
            PanelView gates = tape.At(allGates, t, rows);
            if (t + 1 < tape.Steps)
            {
                Products.Multiply(slopes, tape.At(allGates, t + 1, rows), recurrentWeights, slopes);
            }

            Cells.Backward(gates, tape.CellBefore(layer, t, rows), cells, tape.CellTanh(layer, t, rows), slopes);
            if (layer > 0)
            {
                Products.Multiply(Zeros(rows), gates, inputWeights, slopes);
                DropSlopes(tape, layer - 1, t, rows, slopes);
            }
        }
    }

    /// <summary>Nothing flows back into units that were switched off.</summary>
    private static void DropSlopes(Tape tape, int layer, int step, RowRange rows, MatrixView slopes)
    {
        if (tape.IsDropped)
        {
            TensorPrimitives.Multiply(slopes.Dense, tape.DropoutMask(layer, step, rows).Dense, slopes.Dense);
        }
    }

    private MatrixView HiddenSlopes(Tape tape, int step, RowRange rows) => MatrixView.Over(
        hiddenSlopes.Span[(((step * tape.Rows) + rows.First) * layout.Hidden)..], rows.Count, layout.Hidden);

    private MatrixView Zeros(RowRange rows) => MatrixView.Repeat(zeros.Span, rows.Count);
}
