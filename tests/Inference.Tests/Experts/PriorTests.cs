using Streaming.Inference.Experts;

namespace Inference.Tests.Experts;

public sealed class PriorTests
{
    [Theory]
    [InlineData(1e-6)]
    [InlineData(0.05)]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(0.95)]
    [InlineData(0.9999)]
    public void Quantile_AnyLevel_IsTheLogisticOne(double level) =>
        Assert.Equal(Math.Log(level / (1 - level)) / (2 * Math.Log(2)), Prior.Quantile(level), 1e-5);

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(15)]
    public void TwoSided_AnySize_IsTheLogisticProbability(double size)
    {
        double below = 1 / (1 + Math.Exp(-2 * Math.Log(2) * size));

        Assert.Equal((2 * below) - 1, Prior.TwoSided(size), 1e-6);
    }

    [Theory]
    [InlineData(1e9)]
    [InlineData(1e300)]
    [InlineData(double.PositiveInfinity)]
    public void TwoSided_Boundless_StaysAtMostOne(double size) => Assert.InRange(Prior.TwoSided(size), 0.999999, 1);

    [Fact]
    public void TwoSided_RisingSize_NeverFalls()
    {
        double last = 0;
        for (double size = 0; size < 40; size += 1e-3)
        {
            double score = Prior.TwoSided(size);
            Assert.InRange(score, last, 1);
            last = score;
        }
    }
}
