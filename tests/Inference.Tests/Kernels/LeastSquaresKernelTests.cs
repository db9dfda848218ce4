using Streaming.Inference.Kernels;

namespace Inference.Tests.Kernels;

public sealed unsafe class LeastSquaresKernelTests
{
    private static VectorForm[] SupportedForms => [.. Enum.GetValues<VectorForm>().Where(VectorForms.IsSupported)];

    public static TheoryData<int> Sizes => [8, 16, 24, 56, 104];

    [Theory, MemberData(nameof(Sizes))]
    public void UpdateAndMultiply_AnyForm_GivesTheBitsOfTheScalarOne(int size)
    {
        foreach (VectorForm form in SupportedForms)
        {
            using var actual = new Operands(size, seed: size);
            using var scalar = new Operands(size, seed: size);
            for (int round = 0; round < 3; round++)
            {
                actual.Run(form, 1.25);
                scalar.Run(VectorForm.Scalar, 1.25);

                Assert.Equal(scalar.Tiles, actual.Tiles);
                Assert.Equal(scalar.Product, actual.Product);
            }
        }
    }

    [Theory, MemberData(nameof(Sizes))]
    public void UpdateAndMultiply_AnySize_IsTheNaiveDoubleLoop(int size)
    {
        using var operands = new Operands(size, seed: 3);
        double[,] p = operands.Matrix();
        double[] u = operands.Update.ToArray(), x = operands.Features.ToArray();

        operands.Run(VectorForms.Best, 0.5);

        double[,] updated = operands.Matrix();
        for (int i = 0; i < size; i++)
        {
            double sum = 0;
            for (int j = 0; j < size; j++)
            {
                double element = (p[i, j] - (u[i] * u[j])) * 0.5;
                sum += element * x[j];
                Assert.Equal(element, updated[i, j]);
                Assert.Equal(updated[j, i], updated[i, j]);
            }

            Assert.Equal(sum, operands.Product[i], 1e-12);
        }
    }

    [Fact]
    public void Dots_AnyFormAndLength_GiveTheBitsOfTheScalarOne()
    {
        for (int length = 8; length <= 120; length += 8)
        {
            using var operands = new Operands(length, seed: length);
            double[] before = operands.Update.ToArray();
            double plain = Dot(before, operands.Features), stepped = Dot(
                [.. before.Select((w, i) => w + (0.3 * operands.Gain[i]))], operands.Features);
            (double Plain, double Stepped)? first = null;
            foreach (VectorForm form in SupportedForms)
            {
                before.CopyTo(operands.Update);
                double dot = LeastSquaresKernel.Dot(form, operands.U, operands.X, length);
                double after = LeastSquaresKernel.DotAfterStep(form, operands.U, operands.K, 0.3, operands.X, length);

                first ??= (dot, after);
                Assert.Equal(first, (dot, after));
                Assert.Equal(plain, dot, 1e-12);
                Assert.Equal(stepped, after, 1e-12);
                Assert.Equal(before[^1] + (0.3 * operands.Gain[^1]), operands.Update[^1]);
            }
        }
    }

    [Fact]
    public void DiagonalOf_EveryRow_IsWhereTheTilesHoldIt()
    {
        using var operands = new Operands(24, seed: 9);
        double[,] matrix = operands.Matrix();

        for (int i = 0; i < 24; i++)
        {
            Assert.Equal(matrix[i, i], operands.Tiles[LeastSquaresKernel.DiagonalOf(i)]);
        }
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    /// <summary>A random symmetric matrix in tiles, and three vectors.</summary>
    private sealed class Operands : IDisposable
    {
        private readonly DoubleBuffer buffer;
        private readonly int size;
        private readonly int tiles;

        public Operands(int size, int seed)
        {
            this.size = size;
            tiles = LeastSquaresKernel.TilesOf(size);
            buffer = new DoubleBuffer(tiles + (4 * size));
            var random = new Random(seed);
            for (int i = 0; i < size; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    double value = random.NextDouble() - 0.5;
                    buffer.Span[Place(i, j)] = value;
                    buffer.Span[i / 8 == j / 8 ? Place(j, i) : Place(i, j)] = value;
                }
            }

            foreach (ref double value in buffer.Span[tiles..])
            {
                value = random.NextDouble() - 0.5;
            }
        }

        public double* U => buffer.Pointer + tiles;

        public double* X => U + size;

        public double* K => X + size;

        public ReadOnlySpan<double> Tiles => buffer.Span[..tiles];

        public Span<double> Update => buffer.Span.Slice(tiles, size);

        public ReadOnlySpan<double> Features => buffer.Span.Slice(tiles + size, size);

        public ReadOnlySpan<double> Gain => buffer.Span.Slice(tiles + (2 * size), size);

        public ReadOnlySpan<double> Product => buffer.Span.Slice(tiles + (3 * size), size);

        public void Run(VectorForm form, double factor) => LeastSquaresKernel.UpdateAndMultiply(
            form, buffer.Pointer, size, U, factor, X, K + size);

        public double[,] Matrix()
        {
            var matrix = new double[size, size];
            for (int i = 0; i < size; i++)
            {
                for (int j = 0; j < size; j++)
                {
                    matrix[i, j] = buffer.Span[j <= i || i / 8 == j / 8 ? Place(i, j) : Place(j, i)];
                }
            }

            return matrix;
        }

        public void Dispose() => GC.KeepAlive(buffer);

        private static int Place(int i, int j)
        {
            int block = i / 8;
            return (((block * (block + 1) / 2) + (j / 8)) * 64) + (i % 8 * 8) + (j % 8);
        }
    }
}
