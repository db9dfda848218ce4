using Streaming.Inference.Model;
using Streaming.Training.Losses;
using Streaming.Training.Network;
using Streaming.Training.Samples;

namespace Streaming.Training.Tests.Reference;

/// <summary>
/// A random network, batch of windows and carried state, and the loss of one chunk in double precision.
/// </summary>
internal sealed class ChunkCase
{
    private readonly float[][] hidden;
    private readonly float[][] cell;

    public ChunkCase(int seed, ModelShape shape, int rows, int steps)
    {
        var random = new Random(seed);
        Shape = shape;
        Rows = rows;
        Steps = steps;
        Parameters = random.Parameters(shape);
        Parts = [.. Enumerable.Range(0, rows).Select(row =>
            new WindowPart(random.Window(shape, (ulong)row, steps), 0, steps, 0, int.MaxValue))];
        hidden = [.. Enumerable.Range(0, shape.Layers * rows).Select(_ => random.Floats(shape.Hidden))];
        cell = [.. Enumerable.Range(0, shape.Layers * rows).Select(_ => random.Floats(shape.Hidden, 2))];
        Horizons = [.. Enumerable.Range(1, shape.Outputs)];
    }

    public ModelShape Shape { get; }

    public int Rows { get; }

    public int Steps { get; }

    public ModelParameters Parameters { get; }

    public WindowPart[] Parts { get; }

    public int[] Horizons { get; }

    /// <summary>Quantile of each output for the pinball loss, [K].</summary>
    public double[] Levels => [.. Horizons.Select(h => h / (Shape.Outputs + 1.0))];

    /// <summary>By step, row, layer and unit, factor on what the next layer sees.</summary>
    public Func<int, int, int, int, double> Factor { get; set; } = (_, _, _, _) => 1;

    /// <summary>Shapes of one to three layers, odd sizes, batches of 1 to 5 and chunks of 1 to 6 steps.</summary>
    public static TheoryData<int, int, int, int, int, int, int> Sizes()
    {
        var random = new Random(11);
        var sizes = new TheoryData<int, int, int, int, int, int, int>();
        for (int n = 0; n < 12; n++)
        {
            sizes.Add(
                random.Next(1, 8), n == 3 ? 17 : random.Next(1, 7), 1 + (n % 3), n % 5 == 0 ? 0 : random.Next(1, 6),
                n == 7 ? 18 : random.Next(1, 5), 1 + (n % 5), 1 + (n % 6));
        }

        return sizes;
    }

    /// <summary>The carried state, as the code under test takes it.</summary>
    public CarriedState NewState(ParameterLayout layout)
    {
        var state = new CarriedState(layout, Rows);
        for (int n = 0; n < hidden.Length; n++)
        {
            hidden[n].CopyTo(state.Hidden(n / Rows)[(n % Rows * layout.Hidden)..]);
            cell[n].CopyTo(state.Cell(n / Rows)[(n % Rows * layout.Hidden)..]);
        }

        return state;
    }

    public ChunkBatch NewBatch()
    {
        var batch = new ChunkBatch(Shape, Rows, Steps);
        batch.Load(Parts, 0, Steps, Horizons);
        return batch;
    }

    /// <summary>Outputs of one series in double precision, [steps][K].</summary>
    public double[][] Outputs(double[] parameters, int row)
    {
        var network = new ReferenceNetwork(Shape, parameters);
        for (int l = 0; l < Shape.Layers; l++)
        {
            hidden[(l * Rows) + row].Select(v => (double)v).ToArray().CopyTo(network.Hidden[l], 0);
            cell[(l * Rows) + row].Select(v => (double)v).ToArray().CopyTo(network.Cell[l], 0);
        }

        EncodedWindow window = Parts[row].Window;
        return [.. Enumerable.Range(0, Steps).Select(t => network.Step(
            window.Inputs.AsSpan(t * Shape.Inputs, Shape.Inputs),
            window.Skip.AsSpan(t * Shape.SkipInputs, Shape.SkipInputs),
            (layer, unit) => Factor(t, row, layer, unit)))];
    }

    /// <summary>Weighted mean over each series' labels, averaged over series that have any.</summary>
    public double Loss(LossKind kind, double[] parameters)
    {
        double sum = 0;
        int series = 0;
        for (int row = 0; row < Rows; row++)
        {
            double loss = 0, weight = 0;
            double[][] outputs = Outputs(parameters, row);
            for (int n = 0; n < Steps * Shape.Outputs; n++)
            {
                if (Parts[row].Window.Weights[n] > 0)
                {
                    double error = outputs[n / Shape.Outputs][n % Shape.Outputs] - Parts[row].Window.Targets[n];
                    loss += Parts[row].Window.Weights[n] * ValueOf(kind, error, Levels[n % Shape.Outputs]);
                    weight += Parts[row].Window.Weights[n];
                }
            }

            sum += weight > 0 ? loss / weight : 0;
            series += weight > 0 ? 1 : 0;
        }

        return series > 0 ? sum / series : 0;
    }

    private static double ValueOf(LossKind kind, double error, double level)
    {
        double size = Math.Abs(error);
        return kind == LossKind.MeanSquared ? size * size
            : kind == LossKind.MeanAbsolute ? size
            : kind == LossKind.Pinball ? Math.Max((1 - level) * error, -level * error)
            : size < 1 ? size * size / 2
            : size - 0.5;
    }
}
