using System.Runtime.CompilerServices;
using Streaming.Inference.Kernels;

namespace Streaming.Training.Arithmetic;

/// <summary>Matrix products C = S + A·B on blocks of four rows by a few vectors, held in registers.</summary>
/// <remarks>
/// Each element of C starts from its element of S and adds its terms in order of depth by fused multiply-add, whatever
/// the block: neither the number of rows nor the width of vectors changes a bit. C may be S.
/// </remarks>
internal static unsafe class ProductKernel<V, O>
    where V : struct
    where O : struct, IOps<V>
{
    private const int TileRows = 4;

    /// <summary>Runs over all columns, a multiple of 16, in the widest blocks that registers hold.</summary>
    public static void Run(in ProductOperands x)
    {
        ProductOperands rest = x;
        if (O.Width == AlignedFloats.Line)
        {
            RunColumns<FourColumns<V, O>>(ref rest);
            RunColumns<TwoColumns<V, O>>(ref rest);
            RunColumns<OneColumn<V, O>>(ref rest);
        }
        else if (O.Width * 2 == AlignedFloats.Line)
        {
            RunColumns<TwoColumns<V, O>>(ref rest);
        }
        else
        {
            RunColumns<FourColumns<V, O>>(ref rest);
        }
    }

    private static void RunColumns<T>(ref ProductOperands x)
        where T : struct, IColumns<T, V>
    {
        for (; x.Columns >= T.Count; x = x.SkipColumns(T.Count))
        {
            nint row = 0;
            for (; row + TileRows <= x.Rows; row += TileRows)
            {
                RunFourRows<T>(x.SkipRows(row));
            }

            for (; row < x.Rows; row++)
            {
                RunOneRow<T>(x.SkipRows(row));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunFourRows<T>(ProductOperands x)
        where T : struct, IColumns<T, V>
    {
        T sum0 = T.Load(x.Start);
        T sum1 = T.Load(x.Start + x.StartRow);
        T sum2 = T.Load(x.Start + (2 * x.StartRow));
        T sum3 = T.Load(x.Start + (3 * x.StartRow));
        float* a = x.A, a2 = x.A + (2 * x.ARow), b = x.B, end = x.B + (x.Depth * x.BRow);
        nint aRow = x.ARow, aDepth = x.ADepth, bRow = x.BRow;
        for (; b < end; b += bRow, a += aDepth, a2 += aDepth)
        {
            T row = T.Load(b);
            sum0 = T.Fma(O.Set(*a), row, sum0);
            sum1 = T.Fma(O.Set(a[aRow]), row, sum1);
            sum2 = T.Fma(O.Set(*a2), row, sum2);
            sum3 = T.Fma(O.Set(a2[aRow]), row, sum3);
        }

        T.Store(sum0, x.C);
        T.Store(sum1, x.C + x.CRow);
        T.Store(sum2, x.C + (2 * x.CRow));
        T.Store(sum3, x.C + (3 * x.CRow));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunOneRow<T>(ProductOperands x)
        where T : struct, IColumns<T, V>
    {
        T sum = T.Load(x.Start);
        float* a = x.A, b = x.B, end = x.B + (x.Depth * x.BRow);
        for (; b < end; b += x.BRow, a += x.ADepth)
        {
            sum = T.Fma(O.Set(*a), T.Load(b), sum);
        }

        T.Store(sum, x.C);
    }
}
