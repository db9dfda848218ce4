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
        nint column = 0;
        if (O.Width == AlignedFloats.Line)
        {
            RunColumns<FourColumns<V, O>>(x, ref column, isTall: false);
            RunColumns<TwoColumns<V, O>>(x, ref column, isTall: true);
            RunColumns<OneColumn<V, O>>(x, ref column, isTall: true);
        }
        else if (O.Width * 2 == AlignedFloats.Line)
        {
            RunColumns<TwoColumns<V, O>>(x, ref column, isTall: false);
        }
        else
        {
            RunColumns<FourColumns<V, O>>(x, ref column, isTall: false);
        }
    }

    private static void RunColumns<T>(in ProductOperands x, ref nint column, bool isTall)
        where T : struct, IColumns<T, V>
    {
        for (; x.Columns - column >= T.Count; column += T.Count)
        {
            nint row = 0;
            for (; isTall && x.Rows - row >= 8; row += 8)
            {
                RunEightRows<T>(x, row, column);
            }

            for (; x.Rows - row >= 4; row += 4)
            {
                RunFourRows<T>(x, row, column);
            }

            for (; row < x.Rows; row++)
            {
                RunOneRow<T>(x, row, column);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunEightRows<T>(in ProductOperands x, nint row, nint column)
        where T : struct, IColumns<T, V>
    {
        float* start = x.Start + (row * x.StartRow) + column;
        nint startRow = x.StartRow, aRow = x.Terms.ARow;
        T sum0 = T.Load(start);
        T sum1 = T.Load(start + startRow);
        T sum2 = T.Load(start + (2 * startRow));
        T sum3 = T.Load(start + (3 * startRow));
        T sum4 = T.Load(start + (4 * startRow));
        T sum5 = T.Load(start + (5 * startRow));
        T sum6 = T.Load(start + (6 * startRow));
        T sum7 = T.Load(start + (7 * startRow));
        float* a = x.Terms.A + (row * x.Terms.ARow), b = x.Terms.B + column;
        nint aDepth = x.Terms.ADepth, bRow = x.Terms.BRow;
        float* end = b + (x.Terms.Depth * bRow);
        for (nint more = x.MoreTerms.Depth; ; more = 0)
        {
            for (; b < end; b += bRow, a += aDepth)
            {
                T other = T.Load(b);
                sum0 = T.Fma(O.Set(*a), other, sum0);
                sum1 = T.Fma(O.Set(a[aRow]), other, sum1);
                sum2 = T.Fma(O.Set(a[2 * aRow]), other, sum2);
                sum3 = T.Fma(O.Set(a[3 * aRow]), other, sum3);
                sum4 = T.Fma(O.Set(a[4 * aRow]), other, sum4);
                sum5 = T.Fma(O.Set(a[5 * aRow]), other, sum5);
                sum6 = T.Fma(O.Set(a[6 * aRow]), other, sum6);
                sum7 = T.Fma(O.Set(a[7 * aRow]), other, sum7);
            }

            if (more == 0)
            {
                break;
            }

            a = x.MoreTerms.A + (row * x.MoreTerms.ARow);
            b = x.MoreTerms.B + column;
            aRow = x.MoreTerms.ARow;
            aDepth = x.MoreTerms.ADepth;
            bRow = x.MoreTerms.BRow;
            end = b + (more * bRow);
        }

        float* c = x.C + (row * x.CRow) + column;
        nint cRow = x.CRow;
        T.Store(sum0, c);
        T.Store(sum1, c + cRow);
        T.Store(sum2, c + (2 * cRow));
        T.Store(sum3, c + (3 * cRow));
        T.Store(sum4, c + (4 * cRow));
        T.Store(sum5, c + (5 * cRow));
        T.Store(sum6, c + (6 * cRow));
        T.Store(sum7, c + (7 * cRow));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunFourRows<T>(in ProductOperands x, nint row, nint column)
        where T : struct, IColumns<T, V>
    {
        float* start = x.Start + (row * x.StartRow) + column;
        nint startRow = x.StartRow, aRow = x.Terms.ARow;
        T sum0 = T.Load(start);
        T sum1 = T.Load(start + startRow);
        T sum2 = T.Load(start + (2 * startRow));
        T sum3 = T.Load(start + (3 * startRow));
        float* a = x.Terms.A + (row * x.Terms.ARow), b = x.Terms.B + column;
        nint aDepth = x.Terms.ADepth, bRow = x.Terms.BRow;
        float* end = b + (x.Terms.Depth * bRow);
        for (nint more = x.MoreTerms.Depth; ; more = 0)
        {
            for (; b < end; b += bRow, a += aDepth)
            {
                T other = T.Load(b);
                sum0 = T.Fma(O.Set(*a), other, sum0);
                sum1 = T.Fma(O.Set(a[aRow]), other, sum1);
                sum2 = T.Fma(O.Set(a[2 * aRow]), other, sum2);
                sum3 = T.Fma(O.Set(a[3 * aRow]), other, sum3);
            }

            if (more == 0)
            {
                break;
            }

            a = x.MoreTerms.A + (row * x.MoreTerms.ARow);
            b = x.MoreTerms.B + column;
            aRow = x.MoreTerms.ARow;
            aDepth = x.MoreTerms.ADepth;
            bRow = x.MoreTerms.BRow;
            end = b + (more * bRow);
        }

        float* c = x.C + (row * x.CRow) + column;
        nint cRow = x.CRow;
        T.Store(sum0, c);
        T.Store(sum1, c + cRow);
        T.Store(sum2, c + (2 * cRow));
        T.Store(sum3, c + (3 * cRow));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunOneRow<T>(in ProductOperands x, nint row, nint column)
        where T : struct, IColumns<T, V>
    {
        float* start = x.Start + (row * x.StartRow) + column;
        T sum0 = T.Load(start);
        float* a = x.Terms.A + (row * x.Terms.ARow), b = x.Terms.B + column;
        nint aDepth = x.Terms.ADepth, bRow = x.Terms.BRow;
        float* end = b + (x.Terms.Depth * bRow);
        for (nint more = x.MoreTerms.Depth; ; more = 0)
        {
            for (; b < end; b += bRow, a += aDepth)
            {
                T other = T.Load(b);
                sum0 = T.Fma(O.Set(*a), other, sum0);
            }

            if (more == 0)
            {
                break;
            }

            a = x.MoreTerms.A + (row * x.MoreTerms.ARow);
            b = x.MoreTerms.B + column;
            aDepth = x.MoreTerms.ADepth;
            bRow = x.MoreTerms.BRow;
            end = b + (more * bRow);
        }

        float* c = x.C + (row * x.CRow) + column;
        T.Store(sum0, c);
    }
}
