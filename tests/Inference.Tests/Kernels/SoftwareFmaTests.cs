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

    /// <summary>
    /// c odd and a · b = ±ulp(c)/2 · (1 − 2^-46): so close to a tie that a double can't tell, and the tie goes the wrong
    /// way.
    /// </summary>
    [Fact]
    public void Of_AlmostTies_EqualsMathF()
    {
        const float AboveOne = 1.00000011920928955f, BelowOne = 0.99999988079071045f;
        var random = new Random(Seed: 2);
        for (int i = 0; i < 10_000; i++)
        {
            int exponent = random.Next(-60, 60);
            float c = MathF.ScaleB(1f + (((random.Next(1 << 22) * 2) + 1) * 1.1920929e-7f), exponent);
            float a = MathF.ScaleB(i % 2 == 0 ? AboveOne : -AboveOne, exponent - 12);
            float b = MathF.ScaleB(BelowOne, -12);

            AssertSame(MathF.FusedMultiplyAdd(a, b, c), SoftwareFma.Of(a, b, c));
        }
    }

    [Theory]
    [InlineData(1e-30f, 1e-15f, 1e-45f)]
    [InlineData(3e38f, 10f, -3e38f)]
    [InlineData(3e38f, 10f, float.NegativeInfinity)]
    [InlineData(0f, float.PositiveInfinity, 1f)]
    public void Of_Extremes_EqualsMathF(float a, float b, float c) =>
        AssertSame(MathF.FusedMultiplyAdd(a, b, c), SoftwareFma.Of(a, b, c));

    private static float AnyFloat(Random random) => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));

    private static void AssertSame(float expected, float actual) => Assert.True(
        float.IsNaN(expected) ? float.IsNaN(actual)
            : BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(actual),
        $"{expected:R} {actual:R}");
}
