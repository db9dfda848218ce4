using System.Runtime.Intrinsics;
using Streaming.Inference.Kernels;
using Streaming.Training.Arithmetic;
using Streaming.Training.Tests.Reference;

namespace Streaming.Training.Tests.Arithmetic;

public sealed unsafe class ProductsTests
{
    public static TheoryData<int, int, int> Sizes => new()
    {
        { 1, 1, 16 }, { 1, 7, 64 }, { 3, 5, 32 }, { 4, 0, 16 }, { 5, 33, 48 }, { 9, 64, 112 }, { 16, 200, 144 },
    };

    [Theory, MemberData(nameof(Sizes))]
    public void Multiply_AnyShape_MatchesScalarLoopBitForBit(int rows, int depth, int columns)
    {
        var random = new Random(17);
        float[] start = random.Floats(rows * columns);
        float[] a = random.Floats(rows * depth), b = random.Floats(depth * columns);
        var c = new float[rows * columns];

        Products.Multiply(
            MatrixView.Over(start, rows, columns),
            MatrixView.Over(a, rows, depth),
            MatrixView.Over(b, depth, columns),
            MatrixView.Over(c, rows, columns));

        Assert.Equal(Expected(start, a, b, rows, depth, columns), c);
    }

    [Theory, MemberData(nameof(Sizes))]
    public void Run_EveryWidth_GivesTheSameBits(int rows, int depth, int columns)
    {
        var random = new Random(18);
        float[] start = random.Floats(rows * columns);
        float[] a = random.Floats(rows * depth), b = random.Floats(depth * columns);
        var results = new List<float[]>();

        foreach (VectorForm form in Enum.GetValues<VectorForm>().Where(VectorForms.IsSupported))
        {
            float[] c = new float[rows * columns];
            results.Add(c);
            fixed (float* s = start, pa = a, pb = b, pc = c)
            {
                var operands = new ProductOperands
                {
                    Start = s,
                    StartRow = columns,
                    Terms = new() { A = pa, ARow = depth, ADepth = 1, B = pb, BRow = columns, Depth = depth },
                    C = pc,
                    CRow = columns,
                    Rows = rows,
                    Columns = columns,
                };
                Run(form, operands);
            }
        }

        float[] expected = Expected(start, a, b, rows, depth, columns);
        Assert.All(results, result => Assert.Equal(expected, result));
    }

    [Fact]
    public void Multiply_TransposedAndInPlace_AddsToTheTarget()
    {
        var random = new Random(19);
        int rows = 6, depth = 70, columns = 80;
        float[] start = random.Floats(rows * columns);
        float[] a = random.Floats(rows * depth), b = random.Floats(depth * columns);
        float[] turned = new float[a.Length], c = [.. start];
        for (int n = 0; n < a.Length; n++)
        {
            turned[(n % depth * rows) + (n / depth)] = a[n];
        }

        MatrixView target = MatrixView.Over(c, rows, columns);
        Products.Multiply(
            target, MatrixView.Over(turned, depth, rows).Transposed, MatrixView.Over(b, depth, columns), target);

        Assert.Equal(Expected(start, a, b, rows, depth, columns), c);
    }

    [Theory]
    [InlineData(9, 3, 20)]
    [InlineData(16, 100, 128)]
    [InlineData(4, 129, 5)]
    [InlineData(13, 5, 200)]
    public void Multiply_TwoPairs_IsTwoProductsInARow(int rows, int depth, int depth2)
    {
        var random = new Random(20);
        float[] start = random.Floats(rows * 96), a = random.Floats(rows * depth), b = random.Floats(depth * 96);
        float[] a2 = random.Floats(rows * depth2), b2 = random.Floats(depth2 * 96), c = new float[start.Length];

        Products.Multiply(
            MatrixView.Over(start, rows, 96),
            MatrixView.Over(a, rows, depth),
            PanelView.Of(MatrixView.Over(b, depth, 96)),
            MatrixView.Over(a2, rows, depth2),
            PanelView.Of(MatrixView.Over(b2, depth2, 96)),
            PanelView.Of(MatrixView.Over(c, rows, 96)));

        Assert.Equal(Expected(Expected(start, a, b, rows, depth, 96), a2, b2, rows, depth2, 96), c);
    }

    [Fact]
    public void Multiply_SizesThatDisagree_Throws() =>
        Assert.Throws<ArgumentException>(() =>
        {
            MatrixView c = MatrixView.Over(new float[32], 2, 16);
            Products.Multiply(c, MatrixView.Over(new float[6], 2, 3), MatrixView.Over(new float[64], 4, 16), c);
        });

    [Fact]
    public void At_PanelsOfAnyWidth_HoldEachElementOnce()
    {
        var panels = new Panels(5, 3, 144);
        var buffer = new float[5 + panels.Length];

        for (int n = 0; n < panels.Length; n++)
        {
            buffer[panels.IndexOf(n / 144, n % 144)] += n + 1;
        }

        for (int start = 0; start < 144; start += Panels.Width)
        {
            MatrixView panel = panels.In(buffer).At(start);
            for (int n = 0; n < panel.Rows * panel.Columns; n++)
            {
                int row = n / panel.Columns, column = n % panel.Columns;
                Assert.Equal((row * 144) + start + column + 1, panel.Values[(row * panel.RowStride) + column]);
            }
        }
    }

    private static void Scatter(float[] values, Panels panels, float[] to)
    {
        for (int n = 0; n < values.Length; n++)
        {
            to[panels.IndexOf(n / panels.Columns, n % panels.Columns)] = values[n];
        }
    }

    private static void Run(VectorForm form, in ProductOperands operands)
    {
        switch (form)
        {
            case VectorForm.Vector512:
                ProductKernel<Vector512<float>, Ops512>.Run(operands);
                break;
            case VectorForm.Vector256:
                ProductKernel<Vector256<float>, Ops256>.Run(operands);
                break;
            case VectorForm.Vector128:
                ProductKernel<Vector128<float>, Ops128>.Run(operands);
                break;
            default:
                ProductKernel<float, OpsScalar>.Run(operands);
                break;
        }
    }

    private static float[] Expected(float[] start, float[] a, float[] b, int rows, int depth, int columns)
    {
        var c = new float[rows * columns];
        for (int n = 0; n < c.Length; n++)
        {
            float sum = start[n];
            for (int k = 0; k < depth; k++)
            {
                float left = a[(n / columns * depth) + k], right = b[(k * columns) + (n % columns)];
                sum = MathF.FusedMultiplyAdd(left, right, sum);
            }

            c[n] = sum;
        }

        return c;
    }
}
