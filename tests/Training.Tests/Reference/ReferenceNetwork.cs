using Streaming.Inference.Model;

namespace Streaming.Training.Tests.Reference;

/// <summary>Stacked LSTM with head and skip for one series in double precision, straight from the equations.</summary>
/// <remarks>Reads parameters in the torch layout; written without a line of the code under test.</remarks>
internal sealed class ReferenceNetwork(ModelShape shape, double[] parameters)
{
    private readonly double[][] hidden = NewState(shape);
    private readonly double[][] cell = NewState(shape);

    public double[][] Hidden => hidden;

    public double[][] Cell => cell;

    /// <summary>Advances one step and returns the outputs.</summary>
    /// <param name="inputs">[I].</param>
    /// <param name="skip">[S].</param>
    /// <param name="factor">By layer and unit, factor on what the next layer sees.</param>
    public double[] Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> skip, Func<int, int, double>? factor = null)
    {
        int at = 0;
        double[] x = [.. inputs.ToArray().Select(v => (double)v)];
        for (int l = 0; l < shape.Layers; l++)
        {
            x = StepLayer(l, x, ref at);
            x = factor is null || l + 1 == shape.Layers ? x : [.. x.Select((h, u) => h * factor(l, u))];
        }

        var outputs = new double[shape.Outputs];
        int skipAt = at + (shape.Outputs * shape.Hidden), biasAt = skipAt + (shape.Outputs * shape.SkipInputs);
        for (int k = 0; k < shape.Outputs; k++)
        {
            outputs[k] = parameters[biasAt + k];
            for (int u = 0; u < shape.Hidden; u++)
            {
                outputs[k] += parameters[at + (k * shape.Hidden) + u] * x[u];
            }

            for (int s = 0; s < shape.SkipInputs; s++)
            {
                outputs[k] += parameters[skipAt + (k * shape.SkipInputs) + s] * skip[s];
            }
        }

        return outputs;
    }

    private double[] StepLayer(int layer, double[] x, ref int at)
    {
        int units = shape.Hidden, width = x.Length;
        int recurrentAt = at + (4 * units * width), biasAt = recurrentAt + (4 * units * units);
        var gates = new double[4 * units];
        for (int row = 0; row < 4 * units; row++)
        {
            gates[row] = parameters[biasAt + row];
            for (int n = 0; n < width; n++)
            {
                gates[row] += parameters[at + (row * width) + n] * x[n];
            }

            for (int u = 0; u < units; u++)
            {
                gates[row] += parameters[recurrentAt + (row * units) + u] * hidden[layer][u];
            }
        }

        for (int u = 0; u < units; u++)
        {
            double i = Sigmoid(gates[u]), f = Sigmoid(gates[units + u]);
            double g = Math.Tanh(gates[(2 * units) + u]), o = Sigmoid(gates[(3 * units) + u]);
            cell[layer][u] = (f * cell[layer][u]) + (i * g);
            hidden[layer][u] = o * Math.Tanh(cell[layer][u]);
        }

        at = biasAt + (4 * units);
        return hidden[layer];
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double[][] NewState(ModelShape shape) =>
        [.. Enumerable.Range(0, shape.Layers).Select(_ => new double[shape.Hidden])];
}
