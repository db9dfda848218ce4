using System.Numerics.Tensors;
using Streaming.Training.Arithmetic;

namespace Streaming.Training.Network;

/// <summary>
/// Backpropagation through the steps of a tape; gradients do not flow into the state carried into it.
/// </summary>
/// <remarks>
/// Owns the scratch of one trainer: not thread-safe. Allocates nothing after construction. Source: Werbos 1990;
/// truncation with carried state, Williams and Peng 1990.
/// </remarks>
internal sealed class BackwardPass
{
    private readonly ParameterLayout layout;
    private readonly TransposedWeights transposed;
    private readonly AlignedFloats hiddenSlopes;
    private readonly AlignedFloats cellSlope;
    private readonly AlignedFloats zeros;
    private readonly AlignedFloats one;

    public BackwardPass(ParameterLayout layout, int maxRows, int maxSteps)
    {
        this.layout = layout;
        transposed = new(layout);
        hiddenSlopes = new(maxRows * maxSteps * layout.Hidden);
        cellSlope = new(maxRows * layout.Hidden);
        zeros = new(layout.Hidden);
        one = new(1);
        one.Span.Fill(1);
    }

    /// <summary>Writes the gradient of all parameters.</summary>
    /// <param name="parameters">The weights of the forward pass.</param>
    /// <param name="batch">The batch of the forward pass.</param>
    /// <param name="tape">Its tape, outputs replaced by the loss's gradient; gates are overwritten by theirs.</param>
    /// <param name="gradient">Rewritten, in the layout of the parameters.</param>
    public void Run(PackedParameters parameters, ChunkBatch batch, Tape tape, Span<float> gradient)
    {
        gradient.Clear();
        transposed.Follow(parameters.Values);
        RunHead(batch, tape, gradient);
        for (int l = layout.Shape.Layers - 1; l >= 0; l--)
        {
            RunLayer(l, tape);
            MatrixView gates = tape.Gates(l);
            if (l > 0)
            {
                Products.Multiply(
                    Zeros(gates.Rows), gates, transposed.InputWeights(l), transposed.Values, HiddenSlopes(gates.Rows));
                DropSlopes(tape, l - 1);
            }

            MatrixView inputs = l == 0 ? batch.Inputs : tape.SeenAbove(l - 1);
            Products.Accumulate(inputs.Transposed, gates, layout.InputWeights(l), gradient);
            Products.Accumulate(tape.HiddenBefore(l).Transposed, gates, layout.RecurrentWeights(l), gradient);
            Products.Accumulate(Ones(gates.Rows), gates, layout.Bias(l), gradient);
        }
    }

    private void RunHead(ChunkBatch batch, Tape tape, Span<float> gradient)
    {
        MatrixView outputs = tape.Outputs;
        MatrixView top = tape.HiddenAfter(layout.Shape.Layers - 1);
        Products.Accumulate(top.Transposed, outputs, layout.Head, gradient);
        Products.Accumulate(batch.Skip.Transposed, outputs, layout.Skip, gradient);
        Products.Accumulate(Ones(outputs.Rows), outputs, layout.HeadBias, gradient);
        Products.Multiply(
            Zeros(outputs.Rows),
            outputs.Slice(0, layout.Shape.Outputs),
            transposed.Head,
            transposed.Values,
            HiddenSlopes(outputs.Rows));
    }

    /// <summary>From the last step to the first: the gradient of h(t) gains what step t+1 sends back.</summary>
    private void RunLayer(int layer, Tape tape)
    {
        int rows = tape.Rows, width = rows * layout.Hidden;
        Span<float> cells = cellSlope.Span[..width];
        cells.Clear();
        for (int t = tape.Steps - 1; t >= 0; t--)
        {
            Span<float> slope = hiddenSlopes.Span.Slice(t * width, width);
            if (t + 1 < tape.Steps)
            {
                MatrixView sum = MatrixView.Over(slope, rows, layout.Hidden);
                MatrixView later = MatrixView.Over(tape.GatesAt(layer, t + 1), rows, layout.Gates);
                Products.Multiply(sum, later, transposed.RecurrentWeights(layer), transposed.Values, sum);
            }

            Cells.Backward(
                tape.GatesAt(layer, t), tape.CellBefore(layer, t), tape.CellTanh(layer, t), slope, cells);
        }
    }

    /// <summary>Nothing flows back into units that were switched off.</summary>
    private void DropSlopes(Tape tape, int layer)
    {
        if (tape.IsDropped)
        {
            ReadOnlySpan<float> mask = tape.DropoutMask(layer);
            TensorPrimitives.Multiply(hiddenSlopes.Span[..mask.Length], mask, hiddenSlopes.Span);
        }
    }

    private MatrixView HiddenSlopes(int rows) => MatrixView.Over(hiddenSlopes.Span, rows, layout.Hidden);

    private MatrixView Zeros(int rows) => MatrixView.Repeat(zeros.Span, rows);

    /// <summary>[1, count] of ones, to sum columns.</summary>
    private MatrixView Ones(int count) => MatrixView.Repeat(one.Span, count).Transposed;
}
