using Streaming.Training.Arithmetic;

namespace Streaming.Training.Network;

/// <summary>Runs a chunk of steps for a batch of series and keeps on a tape what the backward pass needs.</summary>
/// <remarks>
/// A row's numbers depend on its own inputs and state alone, step by step: neither the other rows nor where a chunk
/// ends changes a bit. Allocates nothing.
/// </remarks>
internal static class ForwardPass
{
    /// <summary>Advances the carried state by all steps of a batch; outputs are on the tape.</summary>
    /// <param name="parameters">Weights in the training layout.</param>
    /// <param name="batch">Inputs and skip inputs of the chunk.</param>
    /// <param name="state">h and c before the chunk in, after it out.</param>
    /// <param name="tape">Rewritten.</param>
    /// <param name="dropout">Switches off units between layers; for training alone.</param>
    public static void Run(
        PackedParameters parameters, ChunkBatch batch, CarriedState state, Tape tape, Dropout? dropout = null)
    {
        ParameterLayout layout = parameters.Layout;
        tape.Begin(batch.Rows, batch.Steps, dropout is { IsActive: true });
        dropout?.BeginPass();
        for (int l = 0; l < layout.Shape.Layers; l++)
        {
            state.Hidden(l)[..tape.HiddenBefore(l, 0).Length].CopyTo(tape.HiddenBefore(l, 0));
            state.Cell(l)[..tape.CellBefore(l, 0).Length].CopyTo(tape.CellBefore(l, 0));
            RunLayer(parameters, l, l == 0 ? batch.Inputs : tape.SeenAbove(l - 1), tape);
            tape.HiddenAfter(l, tape.Steps - 1).CopyTo(state.Hidden(l));
            tape.CellAfter(l, tape.Steps - 1).CopyTo(state.Cell(l));
            if (tape.IsDropped && l + 1 < layout.Shape.Layers)
            {
                dropout!.Apply(tape, l);
            }
        }

        RunHead(parameters, batch, tape);
    }

    /// <summary>Pre-activation: bias, then inputs in order, then hidden units in order.</summary>
    private static void RunLayer(PackedParameters parameters, int layer, MatrixView inputs, Tape tape)
    {
        ParameterLayout layout = parameters.Layout;
        Span<float> values = parameters.Values;
        int rows = tape.Rows;
        MatrixView bias = MatrixView.Repeat(values.Slice(layout.Bias(layer).Offset, layout.Gates), rows);
        for (int t = 0; t < tape.Steps; t++)
        {
            Span<float> gates = tape.GatesAt(layer, t);
            MatrixView product = MatrixView.Over(gates, rows, layout.Gates);
            MatrixView before =
                MatrixView.Over(tape.HiddenBefore(layer, t), rows, layout.Shape.Hidden, layout.Hidden);
            Products.Multiply(
                bias,
                inputs.SliceRows(t * rows, rows),
                layout.InputWeights(layer),
                before,
                layout.RecurrentWeights(layer),
                values,
                product);
            Cells.Forward(
                gates,
                tape.CellBefore(layer, t),
                tape.CellAfter(layer, t),
                tape.CellTanh(layer, t),
                tape.HiddenAfter(layer, t));
        }
    }

    private static void RunHead(PackedParameters parameters, ChunkBatch batch, Tape tape)
    {
        ParameterLayout layout = parameters.Layout;
        Span<float> values = parameters.Values;
        Span<float> bias = values.Slice(layout.HeadBias.Offset, layout.Outputs);
        MatrixView outputs = tape.Outputs;
        MatrixView top = tape.HiddenAfter(layout.Shape.Layers - 1);
        Products.Multiply(MatrixView.Repeat(bias, outputs.Rows), top, layout.Head, values, outputs);
        Products.Multiply(outputs, batch.Skip, layout.Skip, values, outputs);
    }
}
