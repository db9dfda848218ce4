namespace Streaming.Inference.Model;

/// <summary>First parameters of a network that will be trained.</summary>
public static class ModelInitializer
{
    /// <summary>
    /// Glorot-uniform input weights, an orthogonal recurrent matrix per gate, forget bias 1; head, skip and all other
    /// biases zero, so that an untrained network forecasts its anchor.
    /// </summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="seed">The same seed gives the same bits everywhere.</param>
    /// <remarks>Source: Glorot and Bengio 2010; Saxe et al. 2013; Jozefowicz et al. 2015 (forget bias).</remarks>
    public static ModelParameters Create(ModelShape shape, int seed)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var parameters = new ModelParameters(shape);
        ulong state = (ulong)seed;
        int hidden = shape.Hidden;
        for (int l = 0; l < shape.Layers; l++)
        {
            double limit = Math.Sqrt(6.0 / (shape.LayerInputs(l) + hidden));
            foreach (ref float weight in parameters.InputWeights(l))
            {
                weight = (float)(limit * ((2 * Uniform(ref state)) - 1));
            }

            for (int gate = 0; gate < 4; gate++)
            {
                FillOrthogonal(parameters.RecurrentWeights(l).Slice(gate * hidden * hidden, hidden * hidden),
                    hidden, ref state);
            }

            parameters.Bias(l).Slice(hidden, hidden).Fill(1f);
        }

        return parameters;
    }

    /// <summary>Rows of near-normal numbers, made orthonormal by Gram and Schmidt's method, done twice.</summary>
    private static void FillOrthogonal(Span<float> matrix, int n, ref ulong state)
    {
        var rows = new double[n][];
        for (int i = 0; i < n; i++)
        {
            double[] row = rows[i] = new double[n];
            foreach (ref double value in row.AsSpan())
            {
                value = NearNormal(ref state);
            }

            for (int pass = 0; pass < 2; pass++)
            {
                for (int j = 0; j < i; j++)
                {
                    Subtract(row, rows[j], Dot(row, rows[j]));
                }

                double length = Math.Sqrt(Dot(row, row));
                Subtract(row, row, 1 - (1 / length));
            }

            for (int k = 0; k < n; k++)
            {
                matrix[(i * n) + k] = (float)row[k];
            }
        }
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int k = 0; k < a.Length; k++)
        {
            sum += a[k] * b[k];
        }

        return sum;
    }

    /// <summary>Subtracts scale · b from a.</summary>
    private static void Subtract(double[] a, double[] b, double scale)
    {
        for (int k = 0; k < a.Length; k++)
        {
            a[k] -= scale * b[k];
        }
    }

    /// <summary>
    /// Sum of 12 uniform numbers less 6: variance 1, without a logarithm that differs between platforms.
    /// </summary>
    private static double NearNormal(ref ulong state)
    {
        double sum = -6;
        for (int i = 0; i < 12; i++)
        {
            sum += Uniform(ref state);
        }

        return sum;
    }

    /// <summary>A number in [0, 1) from the generator SplitMix64 (Steele, Lea and Flood 2014).</summary>
    private static double Uniform(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
