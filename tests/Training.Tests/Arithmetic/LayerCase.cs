using Streaming.Inference.Kernels;
using Streaming.Training.Arithmetic;
using Streaming.Training.Network;
using Streaming.Training.Tests.Reference;

namespace Streaming.Training.Tests.Arithmetic;

/// <summary>Random weights, inputs and carried states of one layer over a chunk, and what its steps make of them.</summary>
internal sealed class LayerCase
{
    public LayerCase(int inputs, int units, int rows, int steps, int seed)
    {
        var random = new Random(seed);
        (Inputs, Units, Rows, Steps) = (inputs, units, rows, steps);
        int places = rows * steps;
        Seen = random.Floats(places * inputs);
        InputWeights = random.Floats(inputs * 4 * units, 0.5);
        RecurrentWeights = random.Floats(units * 4 * units, 0.5);
        Bias = random.Floats(4 * units);
        Hidden = new float[(places + rows) * units];
        Cell = new float[(places + rows) * units];
        random.Floats(rows * units).CopyTo(Hidden, 0);
        random.Floats(rows * units, 3).CopyTo(Cell, 0);
        Tanh = new float[places * units];
        Gates = new float[places * 4 * units];
        Slopes = random.Floats(places * units);
        CellSlopes = random.Floats(rows * units);
    }

    public int Inputs { get; }

    public int Units { get; }

    public int Rows { get; }

    public int Steps { get; }

    public float[] Seen { get; }

    public float[] InputWeights { get; }

    public float[] RecurrentWeights { get; }

    public float[] Bias { get; }

    /// <summary>Carried, then of each step, [steps + 1, rows, units]; cells alike.</summary>
    public float[] Hidden { get; }

    public float[] Cell { get; }

    public float[] Tanh { get; }

    public float[] Gates { get; }

    public float[] Slopes { get; }

    public float[] CellSlopes { get; }

    private int Places => Rows * Steps;

    public void Forward(VectorForm form, RowRange rows) => Layers.Forward(
        form,
        new()
        {
            Bias = Bias,
            Inputs = MatrixView.Over(Seen, Places, Inputs),
            InputWeights = PanelView.Over(InputWeights, Inputs, 4 * Units),
            HiddenBefore = MatrixView.Over(Hidden, Places, Units),
            RecurrentWeights = PanelView.Over(RecurrentWeights, Units, 4 * Units),
            Gates = PanelView.Over(Gates, Places, 4 * Units),
            CellBefore = MatrixView.Over(Cell, Places, Units),
            Cell = MatrixView.Over(Cell.AsSpan(Rows * Units), Places, Units),
            CellTanh = MatrixView.Over(Tanh, Places, Units),
            Hidden = MatrixView.Over(Hidden.AsSpan(Rows * Units), Places, Units),
        },
        Rows,
        rows);

    /// <summary>Back with any weights, which need not be the others transposed.</summary>
    public void Backward(VectorForm form, RowRange rows) => Layers.Backward(
        form,
        new()
        {
            Gates = PanelView.Over(Gates, Places, 4 * Units),
            CellBefore = MatrixView.Over(Cell, Places, Units),
            CellTanh = MatrixView.Over(Tanh, Places, Units),
            Slopes = MatrixView.Over(Slopes, Places, Units),
            CellSlopes = MatrixView.Over(CellSlopes, Rows, Units),
            RecurrentWeights = PanelView.Over(RecurrentWeights, 4 * Units, Units),
            InputWeights = PanelView.Over(RecurrentWeights, 4 * Units, Units),
            Zeros = new float[Units],
        },
        Rows,
        rows);

    /// <summary>Place of a gate (0 to 3 for i, f, g, o) of a unit.</summary>
    public int GateIndex(int place, int gate, int unit) =>
        (((unit / 16 * Places) + place) * 64) + (gate * 16) + (unit % 16);

    /// <summary>What the gradients of a place's gates send back to a unit.</summary>
    public double Back(int place, int unit)
    {
        int panel = unit / 64, width = Math.Min(64, Units - (panel * 64));
        double sum = 0;
        for (int k = 0; k < 4 * Units; k++)
        {
            double gate = Gates[(((k / 64 * Places) + place) * 64) + (k % 64)];
            sum += gate * RecurrentWeights[(((panel * 4 * Units) * 64) + (k * width)) + (unit % 64)];
        }

        return sum;
    }

    /// <summary>All that steps change.</summary>
    public float[] Results() => [.. Gates, .. Hidden, .. Cell, .. Tanh, .. Slopes, .. CellSlopes];
}
