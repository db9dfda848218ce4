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
        MatrixView outputs = tape.Outputs.Slice(0, layout.Shape.Outputs), slopes = HiddenSlopes(tape);
        int steps = tape.StepsAtOnce(rows), count = steps * rows.Count;
        for (int t = 0; t < tape.Steps; t += steps)
        {
            int first = (t * tape.Rows) + rows.First;
            Products.Multiply(
                MatrixView.Repeat(zeros.Span, count),
                outputs.SliceRows(first, count),
                head,
                PanelView.Of(slopes.SliceRows(first, count)));
        }

        for (int l = layout.Shape.Layers - 1; l >= 0; l--)
        {
            RunLayer(l, tape, rows);
        }
    }

    private void RunLayer(int layer, Tape tape, RowRange rows)
    {
        MatrixView cells = MatrixView.Over(cellSlopes.Span, tape.Rows, layout.Hidden);
        cells.SliceRows(rows.First, rows.Count).Dense.Clear();
        Layers.Backward(
            new()
            {
                Gates = tape.Gates(layer),
                CellBefore = tape.CellBefore(layer),
                CellTanh = tape.CellTanh(layer),
                Slopes = HiddenSlopes(tape),
                CellSlopes = cells,
                RecurrentWeights = transposed.RecurrentWeights(layer).In(transposed.Values),
                InputWeights = transposed.InputWeights(layer).In(transposed.Values),
                Zeros = zeros.Span,
            },
            tape.Rows,
            rows);
        if (tape.IsDropped && layer > 0)
        {
            DropSlopes(tape, layer - 1, rows);
        }
    }

    /// <summary>Nothing flows back into units that were switched off.</summary>
    private void DropSlopes(Tape tape, int layer, RowRange rows)
    {
        MatrixView all = HiddenSlopes(tape);
        for (int t = 0; t < tape.Steps; t++)
        {
            Span<float> slopes = all.SliceRows((t * tape.Rows) + rows.First, rows.Count).Dense;
            TensorPrimitives.Multiply(slopes, tape.DropoutMask(layer, t, rows).Dense, slopes);
        }
    }

    /// <summary>Gradient of the hidden states of the layer that is on its way back, [steps · rows, H'].</summary>
    private MatrixView HiddenSlopes(Tape tape) =>
        MatrixView.Over(hiddenSlopes.Span, tape.Steps * tape.Rows, layout.Hidden);
}
