using Streaming.Training.Losses;

namespace Streaming.Training.Tests.Losses;

public sealed class LossFunctionTests
{
    [Theory]
    [InlineData(LossKind.Huber)]
    [InlineData(LossKind.MeanSquared)]
    [InlineData(LossKind.MeanAbsolute)]
    [InlineData(LossKind.Pinball)]
    public void Slope_AwayFromCorners_IsTheDifferenceOfValues(LossKind kind)
    {
        for (double error = -3.05; error < 3.1; error += 0.1)
        {
            double difference =
                (LossFunction.Value(kind, error + 1e-6, 0.9) - LossFunction.Value(kind, error - 1e-6, 0.9)) / 2e-6;

            Assert.Equal(difference, LossFunction.Slope(kind, error, 0.9), 1e-6);
        }
    }

    [Theory]
    [InlineData(LossKind.Huber)]
    [InlineData(LossKind.MeanSquared)]
    [InlineData(LossKind.MeanAbsolute)]
    [InlineData(LossKind.Pinball)]
    public void ValueAndSlope_OfNaN_AreNaN(LossKind kind)
    {
        Assert.True(double.IsNaN(LossFunction.Value(kind, double.NaN, 0.9)));
        Assert.True(double.IsNaN(LossFunction.Slope(kind, double.NaN, 0.9)));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void Value_Pinball_IsLeastAtTheQuantile(double level)
    {
        double[] sample = [.. Enumerable.Range(0, 101).Select(n => n / 100.0)];
        double CostOf(double forecast) =>
            sample.Sum(value => LossFunction.Value(LossKind.Pinball, forecast - value, level));

        double best = sample.MinBy(CostOf);

        Assert.Equal(level, best, 1e-9);
    }
}
