using Streaming.Daemon.Pretraining;

namespace Daemon.Tests.Pretraining;

public sealed class AxisScaleTests
{
    [Theory]
    [InlineData(0.1792, 0.2856, 0.16, 0.3, 0.02)]
    [InlineData(0, 12, 0, 12, 2)]
    [InlineData(-3, 1_400, -500, 1_500, 500)]
    [InlineData(0, 1, 0, 1, 0.2)]
    [InlineData(3e-5, 9e-5, 3e-5, 9e-5, 1e-5)]
    [InlineData(2, 2, 2, 2.05, 0.05)]
    public void Over_Values_HasRoundTicksAroundThem(double least, double most, double low, double high, double step)
    {
        AxisScale axis = AxisScale.Over(least, most, ticks: 6);

        Assert.Equal((low, high, step), (Rounded(axis.Low), Rounded(axis.High), Rounded(axis.Step)));
        Assert.Equal(high, Rounded(axis.Ticks().Last()));
        Assert.InRange(axis.Share(least), -1e-9, 1);
        Assert.InRange(axis.Share(most), 0, 1 + 1e-9);
        Assert.Equal(axis.Ticks().Count(), axis.Ticks().Select(axis.Label).Distinct().Count());
    }

    [Fact]
    public void Over_Counts_HasWholeTicks()
    {
        Assert.Equal(1, AxisScale.Over(0, 2, ticks: 10, leastStep: 1).Step);
    }

    private static double Rounded(double value) => Math.Round(value, 9);
}
