using Inference.Tests.Series;
using Streaming.Inference.Anomalies;
using Streaming.Inference.Series;

namespace Inference.Tests.Anomalies;

/// <summary>Spike, level shift and gap are told apart, by the forecaster as a whole.</summary>
public sealed class KindTests
{
    private const int Season = 24;
    private const int At = 700;

    private static readonly ForecasterSettings Settings = Partition.SmallSettings with { Horizons = [1, 6, 24] };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Step_OneValueFarOff_IsASpike(int seed)
    {
        double?[] values = Calm(seed);
        values[At] += 30;

        Assert.Equal([(At, AnomalyKind.Spike)], Alarms(values));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Step_ValuesThatStay_AreALevelShiftWithinSomeSteps(int seed)
    {
        double?[] values = Calm(seed);
        for (int i = At; i < values.Length; i++)
        {
            values[i] += 30;
        }

        (int Step, AnomalyKind Kind)[] alarms = Alarms(values);

        Assert.Equal((At, AnomalyKind.Spike), alarms[0]);
        Assert.Contains(alarms, one => one.Kind == AnomalyKind.LevelShift && one.Step is > At and <= At + 8);
        Assert.InRange(alarms.Length, 2, 3);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(20)]
    [InlineData(60)] // past the largest gap: the series begins anew
    public void Step_MissingSteps_AreAGapAtTheNextValue(int steps)
    {
        double?[] values = Calm(seed: 4);
        for (int i = At; i < At + steps; i++)
        {
            values[i] = null;
        }

        Assert.Equal([(At + steps, AnomalyKind.Gap)], Alarms(values));
    }

    [Fact]
    public void Step_GapsAllTheTime_AreNone()
    {
        double?[] values = Calm(seed: 5);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = i % 30 < 15 ? values[i] : null;
        }

        Assert.Empty(Alarms(values));
    }

    private static double?[] Calm(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 1_000).Select(i => (double?)(10 + (i % Season) + random.NextDouble()))];
    }

    /// <summary>Alarms after the first half, with the number of their step.</summary>
    private static (int Step, AnomalyKind Kind)[] Alarms(double?[] values)
    {
        var profile = new SeriesProfile
        {
            StepTicks = TimeSpan.TicksPerHour,
            SeasonSteps = Season,
            WindowSteps = 100,
            MaxGapSteps = 24,
        };
        var partition = new Partition([profile], Settings, Partition.LivelyModel(Settings, seed: 1, range: 0.01f));
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] is { } value)
            {
                partition.Offer(new(0, RandomStream.Start + (i * profile.StepTicks), value));
                partition.StepWaves();
                partition.Note();
            }
        }

        return
        [
            .. partition.Results[0].Where(result => result.Alarm != AnomalyKind.None)
                .Select(result => (StepOf(result), result.Alarm)).Where(one => one.Item1 > values.Length / 2),
        ];

        int StepOf(StepResult result) => (int)((result.Step.TimeTicks - RandomStream.Start) / profile.StepTicks);
    }
}
