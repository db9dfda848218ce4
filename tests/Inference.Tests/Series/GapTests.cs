using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Inference.Tests.Series;

/// <summary>What stands in for missing values.</summary>
public sealed class GapTests
{
    private const int Season = 4;
    private const int Before = 40;

    private static readonly ForecasterSettings Settings = Partition.SmallSettings;

    [Theory]
    [InlineData(FillKind.Hold, 3d, 3d, 3d)]
    [InlineData(FillKind.Linear, 5d, 7d, 9d)]
    [InlineData(FillKind.Seasonal, 0d, 1d, 2d)]
    public void Step_Gap_IsFilledAndMarked(FillKind kind, params double[] expected)
    {
        Partition partition = Create(kind, Season);
        Push(partition, Before + 3, 11); // 0 1 2 3 0 1 2 3 … 3 _ _ _ 11

        Assert.Equal([11, .. expected.Reverse(), 3], Enumerable.Range(0, 5).Select(Window(partition).Ago));
        Assert.Equal([false, true, true, true, false], Enumerable.Range(0, 5).Select(Window(partition).IsHeldAgo));
    }

    [Fact]
    public void Step_SeasonalGapOfAYoungSeries_HoldsTheLastValue()
    {
        Partition partition = Create(FillKind.Seasonal, Season, steps: Season);
        Push(partition, Season + 1, 11);

        Assert.Equal([11d, 3, 3], Enumerable.Range(0, 3).Select(Window(partition).Ago));
    }

    [Fact]
    public void Step_ModelGap_IsWhatWasForecastForEachStep()
    {
        Partition partition = Create(FillKind.Model, Season);
        double expected = partition.Results[0][^1].Yhat[0]; // the first horizon is one step
        Push(partition, Before + 3, 11);

        StepResult[] held = [.. partition.Results[0].Where(r => r.Step.IsHeld)];
        Assert.Equal([11, held[1].Yhat[0], held[0].Yhat[0], expected], Enumerable.Range(0, 4).Select(Window(partition).Ago));
        Assert.NotEqual(3, expected);
    }

    /// <summary>A line knows the value that it leads to: forecasts from there are no forecasts.</summary>
    [Theory]
    [InlineData(FillKind.Linear, 1)] // horizon 6 alone was issued before the gap
    [InlineData(FillKind.Hold, 3)]
    public void Step_FirstValueAfterAGap_SettlesWhatCouldNotKnowIt(FillKind kind, int settled)
    {
        Partition partition = Create(kind, Season);
        long before = Settled(partition);

        Push(partition, Before + 3, 11);

        Assert.Equal(settled, Settled(partition) - before);
    }

    [Theory]
    [InlineData(FillKind.Linear)]
    [InlineData(FillKind.Seasonal)]
    [InlineData(FillKind.Model)]
    public void Step_NoGap_IsAsWithHold(FillKind kind)
    {
        Partition hold = Create(FillKind.Hold, Season), other = Create(kind, Season);

        Assert.Equal(hold.Results[0].SelectMany(r => r.Bits), other.Results[0].SelectMany(r => r.Bits));
    }

    /// <summary>Forecasts settled, of all horizons.</summary>
    private static long Settled(Partition partition) => partition.Scores.Settled.Sum();

    private static Window Window(Partition partition) => partition.Series[0].Window;

    private static Partition Create(FillKind kind, int season, int steps = Before)
    {
        var profile = new SeriesProfile
        {
            StepTicks = TimeSpan.TicksPerMinute,
            SeasonSteps = season,
            WindowSteps = 64,
            Gap = kind,
        };
        ModelParameters model = Partition.LivelyModel(Settings, seed: 3);
        var partition = new Partition([profile, new SeriesProfile { StepTicks = TimeSpan.TicksPerDay }], Settings, model);
        for (int i = 0; i < steps; i++)
        {
            Push(partition, i, i % season);
        }

        return partition;
    }

    /// <summary>Offers the value of a step, and lets the partition's time, told by the other series, close it.</summary>
    private static void Push(Partition partition, int step, double value)
    {
        partition.Offer(new StreamRecord(0, Minute(step), value));
        partition.Offer(new StreamRecord(1, Minute(step + 1), 0));
        partition.StepWaves();
        partition.Note();
    }

    private static long Minute(int minute) => RandomStream.Start + (minute * TimeSpan.TicksPerMinute);
}
