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
}
