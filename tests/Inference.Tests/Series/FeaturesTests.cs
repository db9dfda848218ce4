using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Inference.Tests.Series;

public sealed class FeaturesTests
{
    private const int Season = 6;

    private static readonly ForecasterSettings Settings = Partition.SmallSettings;

    [Fact]
    public void Write_AnySeries_MatchesItsDescription()
    {
        double[] values = Noise(seed: 1, count: 90);
        Partition partition = Create();
        for (int t = 0; t < values.Length; t++)
        {
            partition.Push(values[t]);
            SeriesState series = partition.Series[0];
            double x = values[t], scale = series.Scaler.Scale;
            double Ago(int steps) => t - steps >= 0 ? Math.Clamp((values[t - steps] - x) / scale, -8, 8) : 0;
            double turns = 2 * Math.PI * new DateTime(series.TimeTicks).TimeOfDay.TotalDays;
            double[] expected =
            [
                (x - series.Scaler.Mean) / scale, -Ago(1), Ago(Season - 1), -Ago(Season), Ago((Season / 2) - 1),
                Ago((7 * Season) - 1), (RecentMean(values, t) - x) / scale, Math.Sin(turns), Math.Cos(turns),
            ];

            (float[] inputs, float[] skip) = Of(series);

            Assert.All(expected.Zip(inputs), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
            Assert.Equal(0, inputs[11]);
            Assert.Equal((t + 1) / 256f, inputs[12]);
            Assert.All(Enumerable.Range(0, Settings.LagSteps), k => Assert.Equal(Ago(k + 1), skip[k], 1e-5));
            Assert.Equal(inputs, skip[Settings.LagSteps..^3]);
            Assert.All(Enumerable.Range(0, 3), k => Assert.Equal(
                t < Season || t < 24 + Settings.Horizons[k] ? OtherBeforeItWakes(t, k) : Math.Abs(Other(t, k)),
                t < 24 + Settings.Horizons[k] ? skip[^(3 - k)] : Math.Abs(skip[^(3 - k)]), 1e-5));

            double OtherBeforeItWakes(int at, int k) => at < Season ? 0 : Other(at, k);
            double Other(int at, int k) => at < Season ? 0 : Ago(Season - Settings.Horizons[k]);
        }
    }

    [Fact]
    public void Write_FirstValue_IsZeroButForCalendarAndAge()
    {
        Partition partition = Create();
        partition.Push(1234);

        (float[] inputs, float[] skip) = Of(partition.Series[0]);

        Assert.All(inputs[..7], value => Assert.Equal(0, value));
        Assert.Equal(1 / 256f, inputs[12]);
        Assert.All(skip[..Settings.LagSteps], value => Assert.Equal(0, value));
    }

    [Fact]
    public void Write_WildValues_StaysWithinItsLimit()
    {
        var random = new Random(Seed: 3);
        Partition partition = Create();
        for (int i = 0; i < 500; i++)
        {
            double size = random.Next(3) == 0 ? 0 : Math.Pow(10, random.Next(-323, 101));
            partition.Push(size * (random.Next(2) - 0.5));

            (float[] inputs, float[] skip) = Of(partition.Series[0]);

            Assert.All(inputs.Concat(skip), value => Assert.InRange(value, -8f, 8f));
        }
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(1.0 / 1024, 0)]
    [InlineData(1, 40)]
    [InlineData(8, -100)]
    public void Write_ShiftedAndScaledSeries_StaysNearlyEqual(double factor, double shift)
    {
        double[] values = Noise(seed: 2, count: 200);
        Partition plain = Create(), other = Create();
        foreach (double value in values)
        {
            plain.Push(value);
            other.Push((factor * value) + shift);
            (float[] inputs, float[] skip) = Of(plain.Series[0]);
            (float[] otherInputs, float[] otherSkip) = Of(other.Series[0]);
            if (plain.Series[0].Steps > 2) // the scale of one value is a share of its size
            {
                Assert.All(inputs.Concat(skip).Zip(otherInputs.Concat(otherSkip)),
                    pair => Assert.Equal(pair.First, pair.Second, 1e-5));
            }
        }
    }

    /// <summary>The second season is hardly over: no forecast of the far horizon has been scored yet.</summary>
    [Fact]
    public void Anchor_YoungSeasonalSeries_IsSeasonalBeforeItsForecastsAreScored()
    {
        var settings = new ForecasterSettings { Horizons = [1, 40], QuantileLevels = [] };
        Partition partition = Partition.OfEvents(
            settings, new ModelParameters(settings.ShapeOf(hidden: 1, layers: 1)), seasonSteps: 24);
        var anchors = new Anchors[2];
        for (int t = 0; t < 50; t++)
        {
            partition.Offer(new StreamRecord(0, RandomStream.Start + t, 10 * ((t % 24) + 1)));
            partition.StepWaves();
            partition.Queue.Clear();
            new SeriesStep(settings).Anchor(partition.Series[0], anchors);
            Assert.Equal(t >= 47, anchors[1].Value != partition.Series[0].Window.Ago(0));
        }

        Assert.Equal(10 * (((49 + 40) % 24) + 1), anchors[1].Value);
    }

    [Fact]
    public void Write_TimeZone_TellsTheTimeOfItsClocks()
    {
        const long Hour = TimeSpan.TicksPerHour;
        var zone = new LocalTime("zone", [RandomStream.Start], [2 * Hour, 3 * Hour]);
        var series = new SeriesState(new() { StepTicks = Hour, Zone = zone }, Settings, row: 0);
        long time = RandomStream.Start + (5 * Hour);
        long local = time + Hour + (3 * Hour);
        (double day, double week) = (Calendar.OfDay(local), Calendar.OfWeek(local));

        series.Take(time, 1, isHeld: false);

        Assert.Equal(
            [Calendar.Sine(day), Calendar.Cosine(day), Calendar.Sine(week), Calendar.Cosine(week)],
            Of(series).Inputs[7..11]);
    }

    [Theory]
    [InlineData(1, Scaling.Standard)]
    [InlineData(2, Scaling.MinMax)]
    [InlineData(3, Scaling.Standard)]
    public void Write_EveryFeature_MatchesTheReference(int seed, Scaling scaling)
    {
        const long Step = 17 * TimeSpan.TicksPerMinute;
        var random = new Random(seed);
        long start = RandomStream.Start;
        DateTime day = new(start);
        var profile = new SeriesProfile
        {
            StepTicks = Step,
            SeasonSteps = Season,
            WindowSteps = 64,
            Zone = new("zone", [start + (90 * Step)], [2 * TimeSpan.TicksPerHour, 3 * TimeSpan.TicksPerHour]),
            Holidays = [DateOnly.FromDateTime(day.AddDays(1)), DateOnly.FromDateTime(day.AddDays(3))],
        };
        ForecasterSettings settings = FeatureReference.Under(Settings, scaling);
        var (series, reference) = (new SeriesState(profile, settings, row: 0), new FeatureReference(profile));
        double value = 1e6;
        for (int t = 0; t < 300; t++)
        {
            bool isHeld = t > 0 && random.Next(5) == 0;
            value += isHeld ? 0 : random.NextDouble() - 0.5;
            double[] with = isHeld ? [double.NaN, double.NaN] : FeatureReference.Covariates(random);
            series.Take(start + (t * Step), value, isHeld, scaling, isHeld ? [] : with);
            reference.Push(value, isHeld);
            reference.Push("temperature", with[0], scaling);
            reference.Push("load", with[1], scaling);
            var next = new DateTime(profile.Zone.Of(start + ((t + 1) * Step)));

            float[] inputs = Of(series, settings).Inputs;

            Assert.All(settings.Features.Names.Zip(inputs), input => Assert.Equal(
                reference.Of(input.First, series.Scaler, next), input.Second, 1e-5));
        }
    }

    [Fact]
    public void Write_EveryFeature_StaysWithinItsLimitsForWildValues()
    {
        var random = new Random(Seed: 3);
        ForecasterSettings settings = FeatureReference.Under(Settings, Scaling.MinMax);
        var series = new SeriesState(new() { StepTicks = TimeSpan.TicksPerHour, WindowSteps = 64 }, settings, row: 0);
        for (int t = 0; t < 500; t++)
        {
            double size = random.Next(3) == 0 ? 0 : Math.Pow(10, random.Next(-323, 101));
            series.Take(RandomStream.Start, size * (random.Next(2) - 0.5), isHeld: random.Next(4) == 0, Scaling.MinMax, [size, -size]);

            Assert.All(Of(series, settings).Inputs, input => Assert.InRange(input, -8f, 8f));
        }
    }

    private static Partition Create() =>
        Partition.OfEvents(Settings, new ModelParameters(Settings.ShapeOf(hidden: 1, layers: 1)), Season);

    private static double[] Noise(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => 10 + (i % Season) + (4 * random.NextDouble()))];
    }

    private static double RecentMean(double[] values, int last) =>
        values.Take(last + 1).Aggregate((mean, value) => mean + ((value - mean) / 8));

    private static (float[] Inputs, float[] Skip) Of(SeriesState series, ForecasterSettings? settings = null)
    {
        settings ??= Settings;
        var features = new Features(settings);
        float[] inputs = new float[features.InputCount], skip = new float[features.SkipCount];
        var anchors = new Anchors[settings.Horizons.Length];
        new SeriesStep(settings).Anchor(series, anchors);
        features.Write(series, anchors, inputs, skip);
        return (inputs, skip);
    }
}
