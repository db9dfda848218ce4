using Streaming.Inference.Experts;
using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Inference.Tests.Series;

public sealed class SeriesMemoryTests
{
    public static TheoryData<SeriesProfile, ForecasterSettings> Kinds => new()
    {
        { new() { StepTicks = TimeSpan.TicksPerMinute }, new() { Horizons = [1, 6, 24] } },
        { new() { StepTicks = TimeSpan.TicksPerHour, Kind = ValueKind.Counter }, new() { Horizons = [1] } },
        { new() { StepTicks = TimeSpan.TicksPerMinute, Kind = ValueKind.Gauge }, new() { Horizons = [1] } },
        { new() { StepTicks = 0, WindowSteps = 100 }, new() { Horizons = [1], QuantileLevels = [0.1, 0.5, 0.9] } },
        { new() { StepTicks = TimeSpan.TicksPerHour, WindowSteps = 64 }, new() { Horizons = [1], Covariates = ["a", "b"] } },
        { Hourly(ExpertProfile.Scale), new() { Horizons = [1, 24] } },
        { Hourly(ExpertProfile.Accuracy), new() { Horizons = [1, 24] } },
        { Hourly(ExpertProfile.Scale) with { SeasonSteps = 0, WindowSteps = 8 }, new() { Horizons = [1] } },
        { new() { StepTicks = TimeSpan.TicksPerDay, WindowSteps = 8 }, new() { Horizons = [.. Enumerable.Range(1, 64)] } },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Bytes_NewSeries_IsWhatItAllocates(SeriesProfile profile, ForecasterSettings settings)
    {
        const int Count = 100;
        var plan = ExpertPlan.Of(profile, settings, hidden: 20);
        var series = new SeriesState[Count];
        long allocatedBytes = Allocation.Least(() =>
        {
            for (int i = 0; i < Count; i++)
            {
                series[i] = new SeriesState(profile, settings, i, plan);
            }
        });

        Assert.Equal(series[0].Bytes, allocatedBytes / (double)Count, series[0].Bytes * 0.01);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void BytesOf_FullWindow_IsTheFormula(SeriesProfile profile, ForecasterSettings settings)
    {
        ModelShape shape = settings.ShapeOf(hidden: 20, layers: 2);
        var series = new SeriesState(profile, settings, row: 0, ExpertPlan.Of(profile, settings, shape.Hidden));
        for (int i = 0; i < profile.WindowSteps; i++)
        {
            series.Take(RandomStream.Start + (i * TimeSpan.TicksPerMinute), i, isHeld: false);
        }

        if (!profile.IsEventMode)
        {
            OfferTotals(series, OpenTotals.Most + 10);
        }

        const int Row = 2 * 2 * 32 * sizeof(float); // h and c of two layers, padded to 32 units
        Assert.Equal(series.Bytes + Row, SeriesMemory.BytesOf(profile, settings, shape));
    }

    /// <summary>All within one step; they are values where the profile says so.</summary>
    private static void OfferTotals(SeriesState series, int count)
    {
        for (int i = 0; i < count; i++)
        {
            series.Add(
                new(RandomStream.Start + (i * TimeSpan.TicksPerSecond / 10), i, ValueKind.Counter), long.MinValue, []);
        }
    }

    private static SeriesProfile Hourly(ExpertProfile experts) =>
        new() { StepTicks = TimeSpan.TicksPerHour, SeasonSteps = 24, Experts = experts };
}
