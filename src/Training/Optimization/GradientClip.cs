using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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
            TensorPrimitives.Multiply(gradient, (float)(maxNorm / norm), gradient);
        }

        return norm;
    }

    /// <summary>Sixteen sums side by side in double, added up in order at the end, on every processor the
    /// same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Norm(ReadOnlySpan<float> gradient)
    {
        Vector512<double> sum0 = default, sum1 = default;
        int n = 0;
        for (; n + Vector512<float>.Count <= gradient.Length; n += Vector512<float>.Count)
        {
            Vector512<float> values = Vector512.Create(gradient[n..]);
            (Vector512<double> lower, Vector512<double> upper) = Vector512.Widen(values);
            sum0 += lower * lower;
            sum1 += upper * upper;
        }

        double squares = 0;
        for (int lane = 0; lane < Vector512<double>.Count; lane++)
        {
            squares += sum0[lane] + sum1[lane];
        }

        for (; n < gradient.Length; n++)
        {
            squares += (double)gradient[n] * gradient[n];
        }

        return Math.Sqrt(squares);
    }
}
