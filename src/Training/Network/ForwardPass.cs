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
        Begin(batch, tape, dropout);
        Run(parameters, batch, state, tape, dropout, new(0, batch.Rows));
    }

    /// <summary>Makes room for a pass, whose rows then run in any order, on any threads.</summary>
    public static void Begin(ChunkBatch batch, Tape tape, Dropout? dropout)
    {
        tape.Begin(batch.Rows, batch.Steps, dropout is { IsActive: true });
        dropout?.BeginPass();
    }

    /// <summary>Advances some rows of a batch.</summary>
    public static void Run(
        PackedParameters parameters, ChunkBatch batch, CarriedState state, Tape tape, Dropout? dropout, RowRange rows)
    {
        ParameterLayout layout = parameters.Layout;
        for (int l = 0; l < layout.Shape.Layers; l++)
        {
            state.Hidden(l, rows).CopyTo(tape.HiddenBefore(l, 0, rows).Dense);
            state.Cell(l, rows).CopyTo(tape.CellBefore(l, 0, rows).Dense);
            RunLayer(parameters, l, batch, tape, rows);
            tape.HiddenAfter(l, tape.Steps - 1, rows).Dense.CopyTo(state.Hidden(l, rows));
            tape.CellAfter(l, tape.Steps - 1, rows).Dense.CopyTo(state.Cell(l, rows));
            if (tape.IsDropped && l + 1 < layout.Shape.Layers)
            {
                dropout!.Apply(tape, l, rows);
            }
        }

        RunHead(parameters, batch, tape, rows);
    }

    private static void RunLayer(PackedParameters parameters, int layer, ChunkBatch batch, Tape tape, RowRange rows)
    {
        ParameterLayout layout = parameters.Layout;
        Span<float> values = parameters.Values;
        Layers.Forward(
            new()
            {
                Bias = values.Slice(layout.Bias(layer).Offset, layout.Gates),
                Inputs = layer == 0 ? batch.Inputs : tape.SeenAbove(layer - 1),
                InputWeights = layout.InputWeights(layer).In(values),
                HiddenBefore = tape.HiddenBefore(layer),
                RecurrentWeights = layout.RecurrentWeights(layer).In(values),
                Gates = tape.Gates(layer),
                CellBefore = tape.CellBefore(layer),
                Cell = tape.CellAfter(layer),
                CellTanh = tape.CellTanh(layer),
                Hidden = tape.PaddedHiddenAfter(layer),
            },
            tape.Rows,
            rows);
    }

    private static void RunHead(PackedParameters parameters, ChunkBatch batch, Tape tape, RowRange rows)
    {
        ParameterLayout layout = parameters.Layout;
        Span<float> values = parameters.Values, bias = values.Slice(layout.HeadBias.Offset, layout.Outputs);
        PanelView head = layout.Head.In(values), skip = layout.Skip.In(values);
        MatrixView hidden = tape.HiddenAfter(layout.Shape.Layers - 1);
        int steps = tape.StepsAtOnce(rows), count = steps * rows.Count;
        for (int t = 0; t < tape.Steps; t += steps)
        {
            int first = (t * tape.Rows) + rows.First;
            Products.Multiply(
                MatrixView.Repeat(bias, count),
                hidden.SliceRows(first, count),
                head,
                batch.Skip.SliceRows(first, count),
                skip,
                PanelView.Of(tape.Outputs.SliceRows(first, count)));
        }
    }
}
