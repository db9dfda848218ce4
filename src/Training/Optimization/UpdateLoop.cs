using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Streaming.Inference.Kernels;
using Streaming.Training.Arithmetic;

namespace Streaming.Training.Optimization;

/// <summary>Applies a rule to flat buffers, in the widest vectors of this processor.</summary>
internal static unsafe class UpdateLoop
{
    /// <summary>Updates parameters and moments, all of one length, a multiple of 16.</summary>
    /// <exception cref="ArgumentException">A length disagrees.</exception>
    public static void Run<TRule>(
        TRule rule, Span<float> parameters, Span<float> gradient, Span<float> first, Span<float> second)
        where TRule : struct, IUpdateRule
    {
        int length = parameters.Length;
        bool fits = gradient.Length == length && first.Length == length && second.Length == length;
        if (!fits || length % AlignedFloats.Line != 0)
        {
            throw new ArgumentException(
                $"{length}, {gradient.Length}, {first.Length}, {second.Length} floats are not whole lines of one "
                + "length.");
        }

        fixed (float* p = parameters, g = gradient, m = first, v = second)
        {
            switch (VectorForms.Best)
            {
                case VectorForm.Vector512:
                    Run<TRule, Vector512<float>, Ops512>(rule, p, g, m, v, length);
                    break;
                case VectorForm.Vector256:
                    Run<TRule, Vector256<float>, Ops256>(rule, p, g, m, v, length);
                    break;
                case VectorForm.Vector128:
                    Run<TRule, Vector128<float>, Ops128>(rule, p, g, m, v, length);
                    break;
                default:
                    Run<TRule, float, OpsScalar>(rule, p, g, m, v, length);
                    break;
            }
        }
    }

    /// <summary>The loop at one width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TRule, V, O>(
        TRule rule, float* parameters, float* gradient, float* first, float* second, int length)
        where TRule : struct, IUpdateRule
        where V : struct
        where O : struct, IOps<V>
    {
        for (int n = 0; n < length; n += O.Width)
        {
            rule.Update<V, O>(parameters + n, gradient + n, first + n, second + n);
        }
    }
}
