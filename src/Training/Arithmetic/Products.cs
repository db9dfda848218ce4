using System.Runtime.Intrinsics;
using Streaming.Inference.Kernels;

namespace Streaming.Training.Arithmetic;

/// <summary>Checked matrix products for the widest vectors of this processor.</summary>
internal static unsafe class Products
{
    /// <summary>Terms added at a time: a panel of B this deep (32 KB) stays in the first-level cache.</summary>
    private const int DepthBlock = 128;

    /// <summary>C = start + A·B.</summary>
    /// <param name="start">[rows, columns]; may be C, or one repeated row.</param>
    /// <param name="a">[rows, depth], any strides.</param>
    /// <param name="b">[depth, columns], columns a multiple of 16.</param>
    /// <param name="c">[rows, columns], rewritten.</param>
    /// <exception cref="ArgumentException">Sizes disagree.</exception>
    public static void Multiply(MatrixView start, MatrixView a, MatrixView b, MatrixView c) =>
        Multiply(start, a, b, default, default, c);

    /// <summary>C = start + A·B + A'·B', in that order: the bits of two products in a row, for less traffic.</summary>
    /// <exception cref="ArgumentException">Sizes disagree.</exception>
    public static void Multiply(
        MatrixView start, MatrixView a, MatrixView b, MatrixView a2, MatrixView b2, MatrixView c)
    {
        if (Math.Max(b.Rows, b2.Rows) > DepthBlock && b2.Rows > 0)
        {
            Multiply(start, a, b, c);
            Multiply(c, a2, b2, c);
            return;
        }

        Check(start, a, b, c);
        if (b2.Rows > 0)
        {
            Check(start, a2, b2, c);
        }

        fixed (float* startAt = start.Values, cAt = c.Values)
        fixed (float* aAt = a.Values, bAt = b.Values, a2At = a2.Values, b2At = b2.Values)
        {
            Run(new()
            {
                Start = startAt,
                StartRow = start.RowStride,
                Terms = Terms(a, aAt, b, bAt),
                MoreTerms = Terms(a2, a2At, b2, b2At),
                C = cAt,
                CRow = c.RowStride,
                Rows = c.Rows,
                Columns = c.Columns,
            });
        }
    }

    /// <summary>C = start + A·B, B and C in panels.</summary>
    public static void Multiply(MatrixView start, MatrixView a, PanelView b, PanelView c)
    {
        for (int column = 0; column < b.Columns; column += Panels.Width)
        {
            Multiply(start.Slice(column, b.WidthAt(column)), a, b.At(column), c.At(column));
        }
    }

    /// <summary>C = start + A·B + A'·B', all but the As and the start in panels.</summary>
    public static void Multiply(MatrixView start, MatrixView a, PanelView b, MatrixView a2, PanelView b2, PanelView c)
    {
        for (int column = 0; column < b.Columns; column += Panels.Width)
        {
            MatrixView first = start.Slice(column, b.WidthAt(column));
            Multiply(first, a, b.At(column), a2, b2.At(column), c.At(column));
        }
    }

    /// <summary>C = start + A·B, A and B in panels; two panels of A are added at a time.</summary>
    public static void Multiply(MatrixView start, PanelView a, PanelView b, MatrixView c)
    {
        for (int column = 0; column < b.Columns; column += Panels.Width)
        {
            MatrixView target = c.Slice(column, b.WidthAt(column));
            MatrixView sum = start.Slice(column, target.Columns), weights = b.At(column);
            for (int depth = 0; depth < a.Columns; depth += 2 * Panels.Width, sum = target)
            {
                MatrixView left = a.At(depth), top = weights.SliceRows(depth, left.Columns);
                int next = depth + Panels.Width;
                if (next < a.Columns)
                {
                    MatrixView left2 = a.At(next);
                    Multiply(sum, left, top, left2, weights.SliceRows(next, left2.Columns), target);
                }
                else
                {
                    Multiply(sum, left, top, target);
                }
            }
        }
    }

    private static void Check(MatrixView start, MatrixView a, MatrixView b, MatrixView c)
    {
        bool agrees = start.Rows == c.Rows && start.Columns == c.Columns && a.Rows == c.Rows && a.Columns == b.Rows
            && b.Columns == c.Columns && c.Columns % AlignedFloats.Line == 0
            && start.ColumnStride == 1 && b.ColumnStride == 1 && c.ColumnStride == 1;
        if (!agrees)
        {
            throw new ArgumentException(
                $"[{a.Rows}, {a.Columns}] by [{b.Rows}, {b.Columns}] does not make [{c.Rows}, {c.Columns}].");
        }
    }

    private static ProductTerms Terms(MatrixView a, float* aAt, MatrixView b, float* bAt) => new()
    {
        A = aAt,
        ARow = a.RowStride,
        ADepth = a.ColumnStride,
        B = bAt,
        BRow = b.RowStride,
        Depth = b.Rows,
    };

    private static void Run(ProductOperands x)
    {
        for (; x.Terms.Depth > DepthBlock; x.SkipTerms(DepthBlock))
        {
            ProductOperands block = x;
            block.Terms.Depth = DepthBlock;
            RunBlock(block);
        }

        RunBlock(x);
    }

    private static void RunBlock(in ProductOperands x)
    {
        switch (VectorForms.Best)
        {
            case VectorForm.Vector512:
                ProductKernel<Vector512<float>, Ops512>.Run(x);
                break;
            case VectorForm.Vector256:
                ProductKernel<Vector256<float>, Ops256>.Run(x);
                break;
            case VectorForm.Vector128:
                ProductKernel<Vector128<float>, Ops128>.Run(x);
                break;
            default:
                ProductKernel<float, OpsScalar>.Run(x);
                break;
        }
    }
}
