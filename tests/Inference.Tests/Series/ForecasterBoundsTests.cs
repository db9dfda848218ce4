using Streaming.Inference.Series;

namespace Inference.Tests.Series;

/// <summary>Forecasts and quantiles within the bounds of a profile.</summary>
public sealed class ForecasterBoundsTests
{
    private const int Values = 295;

    private static readonly ForecasterSettings Settings = Partition.SmallSettings;

    [Fact]
    public void Step_BoundsThatNothingReaches_ChangeNoBit()
    {
        StepResult[] free = Run(new() { StepTicks = 0, WindowSteps = 64 }, out _);
        StepResult[] wide = Run(new() { StepTicks = 0, WindowSteps = 64, Minimum = -1e9, Maximum = 1e9 }, out _);

        Assert.Equal(free.Select(result => result.Bits), wide.Select(result => result.Bits));
    }

    [Fact]
    public void Step_Bounds_HoldForForecastsAndQuantilesAlone()
    {
        StepResult[] free = Run(new() { StepTicks = 0, WindowSteps = 64 }, out _);
        StepResult[] bound = Run(
            new() { StepTicks = 0, WindowSteps = 64, Minimum = 0, Maximum = 1.5 }, out SeriesState series);
        double[] last = bound[^1].Yhat;

        Assert.Contains(free, result => result.Yhat.Any(value => value < 0) && result.Quantiles.Any(value => value < 0));
        Assert.Contains(free, result => result.Yhat.Any(value => value > 1.5));
        foreach (StepResult result in bound.Skip(1)) // there is no spread at the first
        {
            Assert.All(result.Yhat.Concat(result.Quantiles), value => Assert.InRange(value, 0, 1.5));
        }

        Assert.Contains(bound, result => result.Yhat.Contains(0));
        Assert.Equal(free.Select(result => result.Step.Value), bound.Select(result => result.Step.Value));
        Assert.Equal(Value(Values - 1), series.Window.Ago(0)); // beyond the bounds, taken as it is
        Assert.Equal(last[0], series.Ledger.Due(0).Mixture); // what is settled is what was published
        Assert.Equal(bound[^1].Quantiles[0], series.Ledger.Due(0).Lower);
        Assert.Equal(bound[^1].Quantiles[^3], series.Ledger.Due(0).Upper);
    }

    [Fact]
    public void Bound_NotANumber_Stays() =>
        Assert.Equal(double.NaN, new SeriesProfile { StepTicks = 0, Minimum = 0, Maximum = 1 }.Bound(double.NaN));

    private static StepResult[] Run(SeriesProfile profile, out SeriesState series)
    {
        var partition = new Partition([profile], Settings, Partition.LivelyModel(Settings, seed: 3));
        for (int i = 0; i < Values; i++)
        {
            partition.Push(Value(i));
        }

        series = partition.Series[0];
        return [.. partition.Results[0]];
    }

    /// <summary>Bursts below and above the bounds, from −1 to 3.</summary>
    private static double Value(int i) => i % 7 == 0 ? 3 : i % 3 == 0 ? -1 : i % 5 * 0.2;
}
