using Streaming.Inference.Kernels;

namespace Inference.Tests.Kernels;

public sealed class SoftwareFmaTests
{
    [Fact]
    public void Of_RandomBits_EqualsMathF()
    {
        var random = new Random(Seed: 1);
        for (int i = 0; i < 300_000; i++)
        {
            float a = AnyFloat(random), b = AnyFloat(random), c = AnyFloat(random);
            if (i % 2 == 0)
            {
                // Near cancellation, where double rounding would show.
                c = -(a * b) * (1 + (random.Next(-8, 9) * 1.1920929e-7f));
            }

            AssertSame(MathF.FusedMultiplyAdd(a, b, c), SoftwareFma.Of(a, b, c));
        }
    }

    [Theory]
    [InlineData(1.0000001192092896, 1.0000001192092896, -1.000000238418579)]
    [InlineData(1.0000001192092896, 0.9999999403953552, 8.673617379884035e-19)]
    [InlineData(7.888609052210118e-31, 1.7763568394002505e-15, 1.401298464324817e-45)]
    public void Of_HardCases_EqualsMathF(double a, double b, double c) =>
        AssertSame(MathF.FusedMultiplyAdd((float)a, (float)b, (float)c), SoftwareFma.Of((float)a, (float)b, (float)c));

    private static float AnyFloat(Random random) => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));

    private static void AssertSame(float expected, float actual) => Assert.True(
        float.IsNaN(expected) ? float.IsNaN(actual)
            : BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(actual),
        $"{expected:R} {actual:R}");
}
