using Streaming.Training.Losses;

namespace Streaming.Training.Tests.Losses;

public sealed class LossFunctionTests
{
    [Theory]
    [InlineData(LossKind.Huber)]
    [InlineData(LossKind.MeanSquared)]
    [InlineData(LossKind.MeanAbsolute)]
    public void Slope_AwayFromCorners_IsTheDifferenceOfValues(LossKind kind)
    {
        for (double error = -3.05; error < 3.1; error += 0.1)
        {
            double difference =
                (LossFunction.Value(kind, error + 1e-6) - LossFunction.Value(kind, error - 1e-6)) / 2e-6;

            Assert.Equal(difference, LossFunction.Slope(kind, error), 1e-6);
        }
    }

    [Theory]
    [InlineData(LossKind.Huber)]
    [InlineData(LossKind.MeanSquared)]
    [InlineData(LossKind.MeanAbsolute)]
    public void ValueAndSlope_OfNaN_AreNaN(LossKind kind)
    {
        Assert.True(double.IsNaN(LossFunction.Value(kind, double.NaN)));
        Assert.True(double.IsNaN(LossFunction.Slope(kind, double.NaN)));
    }
}
