using Streaming.Inference.Model;

namespace Inference.Tests.Model;

/// <summary>The network in float64, written from torch.nn.LSTM's equations, one series at a time.</summary>
internal sealed class ReferenceNetwork(ModelParameters parameters)
{
    private readonly ModelShape shape = parameters.Shape;

    /// <summary>Hidden state, [layer][H].</summary>
    public double[][] Hidden { get; } = Rows(parameters.Shape);

    /// <summary>Cell state, [layer][H].</summary>
    public double[][] Cell { get; } = Rows(parameters.Shape);

    public double[] Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> skip)
    {
        double[] x = Widen(inputs);
        for (int l = 0; l < shape.Layers; l++)
        {
            Advance(l, x);
            x = Hidden[l];
        }

        double[] s = Widen(skip);
        var outputs = new double[shape.Outputs];
        for (int k = 0; k < outputs.Length; k++)
        {
            outputs[k] = parameters.HeadBias[k]
                + Dot(parameters.HeadWeights.Slice(k * shape.Hidden, shape.Hidden), x)
                + Dot(parameters.SkipWeights.Slice(k * shape.SkipInputs, shape.SkipInputs), s);
        }

        return outputs;
    }

    private void Advance(int layer, double[] x)
    {
        int hidden = shape.Hidden;
        double[] h = Hidden[layer], c = Cell[layer], z = new double[4 * hidden];
        for (int row = 0; row < z.Length; row++)
        {
            z[row] = parameters.Bias(layer)[row]
                + Dot(parameters.InputWeights(layer).Slice(row * x.Length, x.Length), x)
                + Dot(parameters.RecurrentWeights(layer).Slice(row * hidden, hidden), h);
        }

        for (int u = 0; u < hidden; u++)
        {
            double forget = Sigmoid(z[hidden + u]), output = Sigmoid(z[(3 * hidden) + u]);
            c[u] = (forget * c[u]) + (Sigmoid(z[u]) * Math.Tanh(z[(2 * hidden) + u]));
            h[u] = output * Math.Tanh(c[u]);
        }
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double Dot(ReadOnlySpan<float> a, double[] b)
    {
        double sum = 0;
        for (int k = 0; k < b.Length; k++)
        {
            sum += a[k] * b[k];
        }

        return sum;
    }

    private static double[] Widen(ReadOnlySpan<float> values)
    {
        var wide = new double[values.Length];
        for (int k = 0; k < wide.Length; k++)
        {
            wide[k] = values[k];
        }

        return wide;
    }

    private static double[][] Rows(ModelShape shape) =>
        [.. Enumerable.Range(0, shape.Layers).Select(_ => new double[shape.Hidden])];
}
