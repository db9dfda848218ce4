using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Streaming.Inference.Kernels;

namespace Benchmarks.Step;

/// <summary>
/// The core's limit: independent fused multiply-adds in registers, in the form that the product would use.
/// </summary>
internal static class FmaPeak
{
    private const int Chains = 12;

    /// <summary>Floating-point operations of one run.</summary>
    public static double Operations(int loops) => 2.0 * Chains * loops * VectorForms.Best switch
    {
        VectorForm.Vector512 => 16,
        VectorForm.Vector256 => 8,
        VectorForm.Vector128 => 4,
        _ => 1,
    };

    /// <summary>Runs the microkernel; the result only keeps it alive.</summary>
    public static float Run(int loops) => VectorForms.Best switch
    {
        VectorForm.Vector512 => Run<Vector512<float>, Ops512>(loops),
        VectorForm.Vector256 => Run<Vector256<float>, Ops256>(loops),
        VectorForm.Vector128 => Run<Vector128<float>, Ops128>(loops),
        _ => Run<float, OpsScalar>(loops),
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe float Run<V, O>(int loops)
        where O : struct, IOps<V>
    {
        V m = O.Set(0.999f), n = O.Set(0.001f);
        V a = n, b = n, c = n, d = n, e = n, f = n, g = n, h = n, i = n, j = n, k = n, l = n;
        for (int loop = 0; loop < loops; loop++)
        {
            a = O.Fma(a, m, n);
            b = O.Fma(b, m, n);
            c = O.Fma(c, m, n);
            d = O.Fma(d, m, n);
            e = O.Fma(e, m, n);
            f = O.Fma(f, m, n);
            g = O.Fma(g, m, n);
            h = O.Fma(h, m, n);
            i = O.Fma(i, m, n);
            j = O.Fma(j, m, n);
            k = O.Fma(k, m, n);
            l = O.Fma(l, m, n);
        }

        // Every chain is stored, so that none is left out.
        float* sink = stackalloc float[16];
        O.Store(O.Add(O.Add(O.Add(a, b), O.Add(c, d)), O.Add(O.Add(e, f), O.Add(g, h))), sink);
        O.Store(O.Add(O.Add(O.Load(sink), O.Add(i, j)), O.Add(k, l)), sink);
        return sink[0];
    }
}
