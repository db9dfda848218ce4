using System.Runtime.CompilerServices;
using Streaming.Inference.Kernels;

namespace Streaming.Training.Arithmetic;

/// <summary>Matrix products on blocks of a few rows by a few vectors, held in registers.</summary>
/// <remarks>
/// Each element of C starts from its element of S and adds its terms in order of depth by fused multiply-add, whatever
/// the block: neither the number of rows nor the width of vectors changes a bit. C may be S.
/// </remarks>
internal static unsafe class ProductKernel<V, O>
    where V : struct
    where O : struct, IOps<V>
{
    /// <summary>Runs over all columns, a multiple of 16, in the widest blocks that registers hold.</summary>
    public static void Run(in ProductOperands x)
    {
        ProductOperands rest = x;
        if (O.Width == AlignedFloats.Line)
        {
            RunColumns<FourColumns<V, O>>(ref rest, isTall: false);
            RunColumns<TwoColumns<V, O>>(ref rest, isTall: true);
            RunColumns<OneColumn<V, O>>(ref rest, isTall: true);
        }
        else if (O.Width * 2 == AlignedFloats.Line)
        {
            RunColumns<TwoColumns<V, O>>(ref rest, isTall: false);
        }
        else
        {
            RunColumns<FourColumns<V, O>>(ref rest, isTall: false);
        }
    }

    private static void RunColumns<T>(ref ProductOperands x, bool isTall)
        where T : struct, IColumns<T, V>
    {
        for (; x.Columns >= T.Count; x = x.SkipColumns(T.Count))
        {
            ProductOperands rest = x;
            for (; isTall && rest.Rows >= 8; rest.SkipRows(8))
            {
                RunEightRows<T>(rest);
            }

            for (; rest.Rows >= 4; rest.SkipRows(4))
            {
                RunFourRows<T>(rest);
            }

            for (; rest.Rows > 0; rest.SkipRows(1))
            {
                RunOneRow<T>(rest);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunEightRows<T>(in ProductOperands x)
        where T : struct, IColumns<T, V>
    {
        T sum0 = T.Load(x.Start);
        T sum1 = T.Load(x.Start + x.StartRow);
        T sum2 = T.Load(x.Start + (2 * x.StartRow));
        T sum3 = T.Load(x.Start + (3 * x.StartRow));
        T sum4 = T.Load(x.Start + (4 * x.StartRow));
        T sum5 = T.Load(x.Start + (5 * x.StartRow));
        T sum6 = T.Load(x.Start + (6 * x.StartRow));
        T sum7 = T.Load(x.Start + (7 * x.StartRow));
        ProductTerms terms = x.Terms;
        for (nint left = x.MoreTerms.Depth; ; left = 0, terms = x.MoreTerms)
        {
            float* a = terms.A, b = terms.B, end = b + (terms.Depth * terms.BRow);
            nint row = terms.ARow, aDepth = terms.ADepth, bRow = terms.BRow;
            for (; b < end; b += bRow, a += aDepth)
            {
                T other = T.Load(b);
                sum0 = T.Fma(O.Set(*a), other, sum0);
                sum1 = T.Fma(O.Set(a[row]), other, sum1);
                sum2 = T.Fma(O.Set(a[2 * row]), other, sum2);
                sum3 = T.Fma(O.Set(a[3 * row]), other, sum3);
                sum4 = T.Fma(O.Set(a[4 * row]), other, sum4);
                sum5 = T.Fma(O.Set(a[5 * row]), other, sum5);
                sum6 = T.Fma(O.Set(a[6 * row]), other, sum6);
                sum7 = T.Fma(O.Set(a[7 * row]), other, sum7);
            }

            if (left == 0)
            {
                break;
            }
        }

        T.Store(sum0, x.C);
        T.Store(sum1, x.C + x.CRow);
        T.Store(sum2, x.C + (2 * x.CRow));
        T.Store(sum3, x.C + (3 * x.CRow));
        T.Store(sum4, x.C + (4 * x.CRow));
        T.Store(sum5, x.C + (5 * x.CRow));
        T.Store(sum6, x.C + (6 * x.CRow));
        T.Store(sum7, x.C + (7 * x.CRow));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunFourRows<T>(in ProductOperands x)
        where T : struct, IColumns<T, V>
    {
        T sum0 = T.Load(x.Start);
        T sum1 = T.Load(x.Start + x.StartRow);
        T sum2 = T.Load(x.Start + (2 * x.StartRow));
        T sum3 = T.Load(x.Start + (3 * x.StartRow));
        ProductTerms terms = x.Terms;
        for (nint left = x.MoreTerms.Depth; ; left = 0, terms = x.MoreTerms)
        {
            float* a = terms.A, b = terms.B, end = b + (terms.Depth * terms.BRow);
            nint row = terms.ARow, aDepth = terms.ADepth, bRow = terms.BRow;
            for (; b < end; b += bRow, a += aDepth)
            {
                T other = T.Load(b);
                sum0 = T.Fma(O.Set(*a), other, sum0);
                sum1 = T.Fma(O.Set(a[row]), other, sum1);
                sum2 = T.Fma(O.Set(a[2 * row]), other, sum2);
                sum3 = T.Fma(O.Set(a[3 * row]), other, sum3);
            }

            if (left == 0)
            {
                break;
            }
        }

        T.Store(sum0, x.C);
        T.Store(sum1, x.C + x.CRow);
        T.Store(sum2, x.C + (2 * x.CRow));
        T.Store(sum3, x.C + (3 * x.CRow));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunOneRow<T>(in ProductOperands x)
        where T : struct, IColumns<T, V>
    {
        T sum = T.Load(x.Start);
        ProductTerms terms = x.Terms;
        for (nint left = x.MoreTerms.Depth; ; left = 0, terms = x.MoreTerms)
        {
            float* a = terms.A, b = terms.B, end = b + (terms.Depth * terms.BRow);
            for (; b < end; b += terms.BRow, a += terms.ADepth)
            {
                sum = T.Fma(O.Set(*a), T.Load(b), sum);
            }

            if (left == 0)
            {
                break;
            }
        }

        T.Store(sum, x.C);
    }
}
