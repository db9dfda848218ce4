using Streaming.Inference.Series;
using Streaming.Training.Preparation;
using Streaming.Training.Samples;

namespace Training.Tests.Preparation;

public sealed class SeriesPreparationTests
{
    private const double Nan = double.NaN;

    private static readonly ForecasterSettings Settings = new() { Horizons = [1] };

    private static readonly SeriesProfile Profile = new()
    {
        StepTicks = TimeSpan.TicksPerHour,
        SeasonSteps = 3,
        MaxGapSteps = 2,
        WindowSteps = 16,
    };

    [Theory]
    [InlineData(FillKind.Hold, new double[] { 1, 2, 6, 6, 6, 9 })]
    [InlineData(FillKind.Linear, new double[] { 1, 2, 6, 7, 8, 9 })]
    [InlineData(FillKind.Seasonal, new double[] { 1, 2, 6, 6, 7, 9 })] // the first one has no season before it yet
    public void Prepare_Gap_IsFilledAndMarked(FillKind kind, double[] expected)
    {
        WindowSample sample = Assert.Single(Prepare([1, 2, 6, Nan, Nan, 9], new() { Fill = kind }));

        Assert.Equal(expected, sample.Values);
        Assert.Equal([false, false, false, true, true, false], sample.IsImputed);
        Assert.True(sample.IsHeld[3]);
    }

    [Fact]
    public void Prepare_Covariates_AreThoseOfTheirSteps()
    {
        long hour = TimeSpan.TicksPerHour, start = new DateTime(2024, 1, 1).Ticks;
        var series = new RawSeries("s", 1, [start, start + (hour / 2), start + (3 * hour), start + (4 * hour)], [1, 2, 3, 4])
        {
            Covariates = [10, 50, 20, Nan, 30, 70, 40, Nan],
        };

        WindowSample sample = Assert.Single(SeriesPreparation.Prepare(
            series, Profile, Settings with { Covariates = ["a", "b"] }, new()));

        Assert.Equal([1.5, 1.5, 1.5, 3, 4], sample.Values);
        Assert.Equal([20, 50, Nan, Nan, Nan, Nan, 30, 70, 40, Nan], sample.Covariates);
    }

    [Fact]
    public void Prepare_SeasonalFill_RepeatsTheSeasonFromTheValueBeforeTheGap()
    {
        WindowSample sample = Assert.Single(
            Prepare([1, 5, 9, 2, 6, Nan, Nan, 7], new() { Fill = FillKind.Seasonal }));

        Assert.Equal([1, 5, 9, 2, 6, 10, 3, 7], sample.Values);
    }

    [Fact]
    public void Prepare_GapTooLong_StartsAnew()
    {
        IReadOnlyList<WindowSample> samples = Prepare([1, 2, Nan, Nan, Nan, 3, 4], new());

        Assert.Equal([1, 2], samples[0].Values);
        Assert.Equal([3, 4], samples[1].Values);
        Assert.Equal(samples[0].TimeTicks[0] + (5 * TimeSpan.TicksPerHour), samples[1].TimeTicks[0]);
    }

    [Fact]
    public void Prepare_SentinelsAndInfinities_AreMissing()
    {
        WindowSample sample = Assert.Single(
            Prepare([1, -9999, 2, double.PositiveInfinity, 3], new() { Sentinels = [-9999] }));

        Assert.Equal([false, true, false, true, false], sample.IsImputed);
    }

    [Fact]
    public void Prepare_ClipShare_ClipsBothEndsAndNothingElse()
    {
        double[] values = [.. Enumerable.Range(0, 101).Select(n => (double)n)];

        double[] clipped = Assert.Single(Prepare(values, new() { ClipShare = 0.05 })).Values;

        Assert.Equal(values.Select(value => Math.Clamp(value, 5, 95)), clipped);
    }

    /// <summary>Several observations a step, gaps and all: what trains is what the live path would have stepped.</summary>
    [Fact]
    public void Prepare_RandomObservations_AreTheStepsOfTheLivePath()
    {
        var random = new Random(4);
        long[] times = [.. Enumerable.Range(0, 2_000).Select(_ => random.NextInt64(900 * Profile.StepTicks)).Order()];
        double[] values = [.. times.Select(_ => random.NextDouble())];
        var series = new SeriesState(Profile, Settings, row: 0);
        var queue = new PendingSteps();
        var intake = new Intake(queue, (_, _) => 0);
        for (int n = 0; n < times.Length; n++)
        {
            intake.Offer(series, new(times[n], values[n]), n);
        }

        (long, double)[] live = [.. queue.Steps.ToArray().Where(s => !s.IsHeld).Select(s => (s.TimeTicks, s.Value))];
        (long, double)[] prepared =
        [
            .. SeriesPreparation.Prepare(new("a", 1, times, values), Profile, Settings, new())
                .SelectMany(s => s.TimeTicks.Zip(s.Values, s.IsImputed).Where(step => !step.Third))
                .Select(step => (step.First, step.Second)),
        ];

        Assert.Equal(live, prepared.SkipLast(1)); // the live path still waits for what may fall into the last step
    }

    [Fact]
    public void Prepare_TimesRunBackwards_NamesSeriesAndPlace()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => SeriesPreparation.Prepare(new("a", 1, [5, 4], [1, 2]), Profile, Settings, new()));

        Assert.Contains("'a' run backwards at value 2", error.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<WindowSample> Prepare(double[] values, PreparationOptions options)
    {
        long[] times = [.. values.Select((_, n) => (1_000 + n) * Profile.StepTicks)];
        return SeriesPreparation.Prepare(new("a", 1, times, values), Profile, Settings, options);
    }
}
