using System.Runtime.CompilerServices;

namespace Streaming.Inference.Kernels;

/// <summary>Dot products of float64, and the row update of least squares that goes between two of them.</summary>
/// <remarks>Sums have 16 partial sums (index mod 16), folded 8-4-2-1, whatever the vector's width.</remarks>
internal static unsafe class DotKernel<V, O>
    where O : struct, IDoubleOps<V>
{
    private const int Line = DoubleBuffer.Line;

    /// <summary>a · b.</summary>
    /// <param name="a">[length].</param>
    /// <param name="b">[length].</param>
    /// <param name="length">A multiple of 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Of(double* a, double* b, int length)
    {
        double* partial = stackalloc double[Line];
        for (int lane = 0; lane < Line; lane += O.Width)
        {
            V even = O.Set(0), odd = even;
            int i = lane;
            for (; i + Line < length; i += 2 * Line)
            {
                even = O.Add(even, O.Multiply(O.Load(a + i), O.Load(b + i)));
                odd = O.Add(odd, O.Multiply(O.Load(a + i + Line), O.Load(b + i + Line)));
            }

            if (i < length)
            {
                even = O.Add(even, O.Multiply(O.Load(a + i), O.Load(b + i)));
            }

            O.Store(O.Add(even, odd), partial + lane);
        }

        return Fold(partial);
    }

    /// <summary>w := w + step · k, then w · x.</summary>
    /// <param name="w">[length], rewritten.</param>
    /// <param name="k">[length].</param>
    /// <param name="step">How far.</param>
    /// <param name="x">[length].</param>
    /// <param name="length">A multiple of 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double AfterStep(double* w, double* k, double step, double* x, int length)
    {
        double* partial = stackalloc double[Line];
        V by = O.Set(step);
        for (int lane = 0; lane < Line; lane += O.Width)
        {
            V even = O.Set(0), odd = even;
            int i = lane;
            for (; i + Line < length; i += 2 * Line)
            {
                even = O.Add(even, O.Multiply(Stepped(w + i, k + i, by), O.Load(x + i)));
                odd = O.Add(odd, O.Multiply(Stepped(w + i + Line, k + i + Line, by), O.Load(x + i + Line)));
            }

            if (i < length)
            {
                even = O.Add(even, O.Multiply(Stepped(w + i, k + i, by), O.Load(x + i)));
            }

            O.Store(O.Add(even, odd), partial + lane);
        }

        return Fold(partial);
    }

    /// <summary>Sum of 8 partial sums as a halving tree: j with j + 4, then + 2, + 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Fold(double* partial) =>
        ((partial[0] + partial[4]) + (partial[2] + partial[6])) + ((partial[1] + partial[5]) + (partial[3] + partial[7]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Stepped(double* w, double* k, V by)
    {
        V moved = O.Add(O.Load(w), O.Multiply(by, O.Load(k)));
        O.Store(moved, w);
        return moved;
    }
}
