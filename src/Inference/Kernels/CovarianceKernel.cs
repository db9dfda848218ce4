using System.Runtime.CompilerServices;

namespace Streaming.Inference.Kernels;

/// <summary>One pass over a packed symmetric matrix: P := (P − u·uᵀ) · factor, then y := P·x.</summary>
/// <remarks>
/// P lies in tiles of 8 × 8, row-major, those on and below the diagonal: tile (I, J) is number I·(I + 1)/2 + J. Each
/// element is read and written once: what the last step subtracts and what this one multiplies by share the pass.
/// Row sums have 8 partial sums (column mod 8), folded 4-2-1; the mirrored half adds rows in order. Neither order
/// knows the vector's width, and u·uᵀ commutes, so tiles on the diagonal stay symmetric to the bit.
/// </remarks>
internal static unsafe class CovarianceKernel<V, O>
    where O : struct, IDoubleOps<V>
{
    private const int Line = DoubleBuffer.Line;
    private const int Rows = 4;

    /// <summary>Runs it.</summary>
    /// <param name="p">The tiles, rewritten.</param>
    /// <param name="size">Rows, a multiple of 8.</param>
    /// <param name="u">What is subtracted, [size].</param>
    /// <param name="factor">What the difference is multiplied by.</param>
    /// <param name="x">What P is multiplied by, [size].</param>
    /// <param name="y">Receives the product, [size].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(double* p, int size, double* u, double factor, double* x, double* y)
    {
        double* partial = stackalloc double[Rows * Line];
        for (int row = 0; row < size; row += Line)
        {
            for (int half = 0; half < Line; half += Rows)
            {
                int first = row + half;
                for (int lane = 0; lane < Line; lane += O.Width)
                {
                    Sweep(p + (half * Line) + lane, row, first, u, factor, x, y, lane, partial + lane);
                }

                for (int r = 0; r < Rows; r++)
                {
                    y[first + r] = DotKernel<V, O>.Fold(partial + (r * Line));
                }
            }

            p += (row + Line) * Line;
        }
    }

    /// <summary>Some columns of four rows: mirrored tiles add to y, all add to the rows' partial sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sweep(
        double* p, int tilesEnd, int first, double* u, double factor, double* x, double* y, int lane, double* partial)
    {
        V f = O.Set(factor);
        V u0 = O.Set(u[first]), u1 = O.Set(u[first + 1]), u2 = O.Set(u[first + 2]), u3 = O.Set(u[first + 3]);
        V x0 = O.Set(x[first]), x1 = O.Set(x[first + 1]), x2 = O.Set(x[first + 2]), x3 = O.Set(x[first + 3]);
        V s0 = O.Set(0), s1 = s0, s2 = s0, s3 = s0;
        for (int column = lane; column < tilesEnd; column += Line, p += Line * Line)
        {
            V uc = O.Load(u + column), xc = O.Load(x + column), yc = O.Load(y + column);
            V p0 = Update(p, u0, uc, f), p1 = Update(p + Line, u1, uc, f);
            V p2 = Update(p + (2 * Line), u2, uc, f), p3 = Update(p + (3 * Line), u3, uc, f);
            s0 = O.Add(s0, O.Multiply(p0, xc));
            s1 = O.Add(s1, O.Multiply(p1, xc));
            s2 = O.Add(s2, O.Multiply(p2, xc));
            s3 = O.Add(s3, O.Multiply(p3, xc));
            yc = O.Add(O.Add(yc, O.Multiply(p0, x0)), O.Multiply(p1, x1));
            O.Store(O.Add(O.Add(yc, O.Multiply(p2, x2)), O.Multiply(p3, x3)), y + column);
        }

        V ud = O.Load(u + tilesEnd + lane), xd = O.Load(x + tilesEnd + lane);
        O.Store(O.Add(s0, O.Multiply(Update(p, u0, ud, f), xd)), partial);
        O.Store(O.Add(s1, O.Multiply(Update(p + Line, u1, ud, f), xd)), partial + Line);
        O.Store(O.Add(s2, O.Multiply(Update(p + (2 * Line), u2, ud, f), xd)), partial + (2 * Line));
        O.Store(O.Add(s3, O.Multiply(Update(p + (3 * Line), u3, ud, f), xd)), partial + (3 * Line));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Update(double* p, V rowU, V columnU, V factor)
    {
        V updated = O.Multiply(O.Subtract(O.Load(p), O.Multiply(rowU, columnU)), factor);
        O.Store(updated, p);
        return updated;
    }
}
