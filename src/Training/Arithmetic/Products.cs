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
        Multiply(start, a, PanelView.Of(b), default, default, PanelView.Of(c));

    /// <summary>C = start + A·B, panel by panel.</summary>
    /// <exception cref="ArgumentException">Sizes disagree.</exception>
    public static void Multiply(MatrixView start, MatrixView a, PanelView b, PanelView c) =>
        Multiply(start, a, b, default, default, c);

    /// <summary>C = start + A·B + A'·B', in that order, panel by panel: two products for the traffic of one.</summary>
    /// <param name="start">[rows, columns]; may be C, or one repeated row.</param>
    /// <param name="a">[rows, depth], any strides.</param>
    /// <param name="b">[depth, columns].</param>
    /// <param name="a2">[rows, depth'], any strides.</param>
    /// <param name="b2">[depth', columns]; without rows where there is no second product.</param>
    /// <param name="c">[rows, columns], rewritten.</param>
    /// <exception cref="ArgumentException">Sizes disagree.</exception>
    public static void Multiply(MatrixView start, MatrixView a, PanelView b, MatrixView a2, PanelView b2, PanelView c)
    {
        Check(start, c);
        Check(a, b, c);
        if (b2.Rows > 0)
        {
            Check(a2, b2, c);
        }

        fixed (float* startAt = start.Values, cAt = c.Values)
        fixed (float* aAt = a.Values, bAt = b.Values, a2At = a2.Values, b2At = b2.Values)
        {
            for (int column = 0, panel = 0; column < c.Columns; column += Panels.Width, panel++)
            {
                Run(new()
                {
                    Start = startAt + column,
                    StartRow = start.RowStride,
                    Terms = Terms(a, aAt, bAt + (panel * b.PanelStride), b.RowStrideAt(column)),
                    MoreTerms = Terms(a2, a2At, b2At + (panel * b2.PanelStride), b2.RowStrideAt(column)),
                    C = cAt + (panel * c.PanelStride),
                    CRow = c.RowStrideAt(column),
                    Rows = c.Rows,
                    Columns = c.WidthAt(column),
                });
            }
        }
    }

    private static void Check(MatrixView start, PanelView c)
    {
        if (start.Rows != c.Rows || start.Columns != c.Columns || start.ColumnStride != 1)
        {
            throw new ArgumentException(
                $"[{start.Rows}, {start.Columns}] is no start of [{c.Rows}, {c.Columns}].");
        }
    }

    private static void Check(MatrixView a, PanelView b, PanelView c)
    {
        bool agrees = a.Rows == c.Rows && a.Columns == b.Rows && b.Columns == c.Columns
            && c.Columns % AlignedFloats.Line == 0;
        if (!agrees)
        {
            throw new ArgumentException(
                $"[{a.Rows}, {a.Columns}] by [{b.Rows}, {b.Columns}] does not make [{c.Rows}, {c.Columns}].");
        }
    }

    private static ProductTerms Terms(MatrixView a, float* aAt, float* bAt, int bRow) => new()
    {
        A = aAt,
        ARow = a.RowStride,
        ADepth = a.ColumnStride,
        B = bAt,
        BRow = bRow,
        Depth = a.Columns,
    };

    /// <summary>Adds both terms at once where both are short, else one after the other, block by block.</summary>
    private static void Run(ProductOperands x)
    {
        if (Math.Max(x.Terms.Depth, x.MoreTerms.Depth) <= DepthBlock)
        {
            RunBlock(x);
            return;
        }

        ProductTerms more = x.MoreTerms;
        x.MoreTerms = default;
        RunInBlocks(ref x);
        if (more.Depth > 0)
        {
            x.SkipTerms(x.Terms.Depth);
            x.Terms = more;
            RunInBlocks(ref x);
        }
    }

    private static void RunInBlocks(ref ProductOperands x)
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
