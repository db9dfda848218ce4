namespace Streaming.Training.Optimization;

/// <summary>Shortens a gradient that is too long. Source: Pascanu, Mikolov and Bengio 2013.</summary>
internal static class GradientClip
{
    /// <summary>Scales the gradient to a norm of at most <paramref name="maxNorm"/>.</summary>
    /// <returns>The norm before, summed in double; where it is not finite nothing is scaled.</returns>
    public static double Apply(Span<float> gradient, double maxNorm)
    {
        double norm = Norm(gradient);
        if (norm > maxNorm && double.IsFinite(norm))
        {
            float scale = (float)(maxNorm / norm);
            for (int n = 0; n < gradient.Length; n++)
            {
                gradient[n] *= scale;
            }
        }

        return norm;
    }

    /// <summary>Four sums side by side, so that they need not wait for each other.</summary>
    private static double Norm(ReadOnlySpan<float> gradient)
    {
        double sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
        int n = 0;
        for (; n + 4 <= gradient.Length; n += 4)
        {
            sum0 += (double)gradient[n] * gradient[n];
            sum1 += (double)gradient[n + 1] * gradient[n + 1];
            sum2 += (double)gradient[n + 2] * gradient[n + 2];
            sum3 += (double)gradient[n + 3] * gradient[n + 3];
        }

        for (; n < gradient.Length; n++)
        {
            sum0 += (double)gradient[n] * gradient[n];
        }

        return Math.Sqrt(sum0 + sum1 + (sum2 + sum3));
    }
}
