using Streaming.Inference.Anomalies;
using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Inference.Tests.Series;

/// <summary>Gaps, restarts, cold starts, and numbers at the edge of what a double holds.</summary>
public sealed class ForecasterLifeTests
{
    private static readonly ForecasterSettings Settings = Partition.SmallSettings;
    private static readonly long Minute = TimeSpan.TicksPerMinute;

    private static readonly SeriesProfile Gridded =
        new() { StepTicks = Minute, MaxGapSteps = 5, WindowSteps = 64, SeasonSteps = 6 };

    public static TheoryData<string> Streams => [.. Wild.Keys];

    private static Dictionary<string, Func<int, Random, double>> Wild { get; } = new()
    {
        ["constant"] = (_, _) => 5,
        ["zeros"] = (_, _) => 0,
        ["negative zeros"] = (_, _) => -0.0,
        ["zeros, then one"] = (i, _) => i == 100 ? 1 : 0,
        ["zeros, then large"] = (i, r) => i < 100 ? 0 : 1e6 + r.NextDouble(),
        ["huge constant"] = (_, _) => 1e100,
        ["huge alternating"] = (i, _) => i % 2 == 0 ? 1e100 : -1e100,
        ["huge noise"] = (_, r) => 1e100 * ((2 * r.NextDouble()) - 1),
        ["small noise on a huge level"] = (_, r) => 1e16 + r.Next(3),
        ["tiny noise"] = (_, r) => 1e-200 * r.NextDouble(),
        ["subnormal noise"] = (_, r) => 1e-310 * r.NextDouble(),
        ["epsilon"] = (i, _) => i % 3 * double.Epsilon,
        ["all sizes"] = (_, r) => Math.Pow(10, r.Next(-323, 101)) * (r.Next(2) - 0.5),
        ["tiny, then huge"] = (i, r) => (i < 100 ? 1e-250 : 1e100) * r.NextDouble(),
        ["huge, then tiny"] = (i, r) => (i < 100 ? 1e100 : 1e-250) * r.NextDouble(),
    };

    /// <summary>The first step's scale is a thousandth of the level: residuals in that unit would be huge.</summary>
    [Fact]
    public void Step_YoungSeriesThatClimbs_HasIntervalsOfItsOwnSize()
    {
        ModelParameters untrained = ModelInitializer.Create(Settings.ShapeOf(hidden: 12, layers: 2), seed: 1);
        Partition partition = Partition.OfEvents(Settings, untrained, seasonSteps: 0);
        for (int i = 0; i < 60; i++)
        {
            partition.Push(i + 0.5);
        }

        foreach (StepResult result in partition.Results[0].Skip(1))
        {
            Assert.All(result.Quantiles, value => Assert.InRange(value, -60, 160));
        }
    }

    [Theory, MemberData(nameof(Streams))]
    public void Step_WildSeries_StaysFiniteAndInOrder(string stream)
    {
        var random = new Random(Seed: 1);
        Partition partition = Partition.OfEvents(Settings, Partition.LivelyModel(Settings, 1), seasonSteps: 4);
        for (int i = 0; i < 300; i++)
        {
            partition.Push(Wild[stream](i, random));
        }

        foreach (StepResult result in partition.Results[0].Skip(1))
        {
            Assert.All(result.Yhat.Concat(result.Quantiles), value => Assert.True(double.IsFinite(value)));
            Assert.InRange(result.Score, 0, 1);
            for (int k = 0; k < 3; k++)
            {
                Assert.True(result.Quantiles[k] <= result.Quantiles[3 + k]);
                Assert.True(result.Quantiles[3 + k] <= result.Quantiles[6 + k]);
            }
        }

        Assert.All(partition.Results[0][0].Quantiles, value => Assert.True(double.IsNaN(value)));
        Assert.All(partition.StateOf(0), value => Assert.True(float.IsFinite(value)));
        Assert.All(partition.Scores.Mixture.Concat(partition.Scores.Naive), sum => Assert.True(double.IsFinite(sum)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(-1e100)]
    public void Step_ConstantSeries_ForecastsTheConstant(double value)
    {
        Partition partition = Partition.OfEvents(Settings, Partition.LivelyModel(Settings, 2), seasonSteps: 4);
        for (int i = 0; i < 200; i++)
        {
            partition.Push(value);
        }

        Assert.All(partition.Results[0].SelectMany(r => r.Yhat), y => Assert.Equal(value, y));
        Assert.DoesNotContain(partition.Results[0], r => r.Alarm != AnomalyKind.None);
    }

    [Fact]
    public void Step_SingleValue_ForecastsItColdWithoutInterval()
    {
        Partition partition = Partition.OfEvents(Settings, Partition.LivelyModel(Settings, 3));

        partition.Push(42);

        StepResult result = Assert.Single(partition.Results[0]);
        Assert.Equal([42d, 42, 42], result.Yhat);
        Assert.All(result.Quantiles, q => Assert.True(double.IsNaN(q)));
        Assert.Equal((0, AnomalyKind.None, SeriesStatus.Cold), (result.Score, result.Alarm, result.Status));
    }

    [Fact]
    public void Step_BeforeExpertsWake_ForecastIsThatOfANaive()
    {
        const int Season = 4, Awake = 24 + 24; // so many steps are not scored, and so many scores needed
        var random = new Random(Seed: 4);
        ModelParameters model = Partition.LivelyModel(Settings, 4, range: 2);
        Partition partition = Partition.OfEvents(Settings, model, Season);
        var values = new List<double>();
        for (int step = 1; step <= 100; step++)
        {
            values.Add((step % Season) + random.NextDouble());
            partition.Push(values[^1]);
            for (int k = 0; k < 3; k++)
            {
                int h = Settings.Horizons[k], seasons = (h + Season - 1) / Season;
                double forecast = partition.Results[0][^1].Yhat[k];
                bool isNaive = forecast == values[^1] || (values.Count > Season
                    && Math.Abs(forecast - values[values.Count - 1 + h - (seasons * Season)]) < 1e-9);
                Assert.True(isNaive || step - h >= Awake);
            }
        }

        Assert.NotEqual(values[^Season], partition.Results[0][^1].Yhat[0], 1e-3);
    }

    [Fact]
    public void Step_Status_IsWarmFromTheWarmStepOn()
    {
        Partition partition = Partition.OfEvents(Settings, Partition.LivelyModel(Settings, 5));
        for (int step = 1; step <= 20; step++)
        {
            partition.Push(step);

            Assert.Equal(
                step < Settings.WarmSteps ? SeriesStatus.Cold : SeriesStatus.Warm, partition.Results[0][^1].Status);
        }
    }

    [Fact]
    public void Step_Gap_HoldsTheLastValueWithAMarkAndLearnsNothingFromIt()
    {
        Partition partition = Create();
        for (int i = 0; i < 50; i++)
        {
            Offer(partition, i, i % 6);
        }

        Offer(partition, 54, 3); // closes step 49
        Step(partition);
        Scaler before = partition.Series[0].Scaler;
        double[] settled = [.. partition.Scores.Settled];
        partition.Offer(new StreamRecord(1, RandomStream.Start + (54 * Minute), 0));
        Offer(partition, 55, 4); // closes step 54, and the gap before it
        Step(partition);

        Window window = partition.Series[0].Window;
        Assert.Equal([3d, 1, 1, 1, 1, 1], Enumerable.Range(0, 6).Select(window.Ago));
        Assert.Equal([false, true, true, true, true, false], Enumerable.Range(0, 6).Select(window.IsHeldAgo));
        before.Add(3, 96);
        before.AddSeason(3 - 0, 96); // step 48, a season ago, was observed
        Assert.Equal(before, partition.Series[0].Scaler);
        Assert.Equal(settled.Select(count => count + 1), partition.Scores.Settled.Select(count => (double)count));
        StepResult[] held = [.. partition.Results[0].Where(r => r.Step.IsHeld)];
        Assert.Equal(4, held.Length);
        Assert.All(held, r => Assert.Equal((0, AnomalyKind.None), (r.Score, r.Alarm)));
    }

    [Fact]
    public void Step_RestartPastTheLargestGap_IsANewSeries()
    {
        var random = new Random(Seed: 7);
        Partition old = Create(), fresh = Create();
        for (int i = 0; i < 120; i++)
        {
            Offer(old, i, 1e3 * random.NextDouble());
        }

        Step(old);
        int before = old.Results[0].Count;
        Assert.Contains(old.StateOf(0), value => value != 0);
        for (int i = 200; i < 300; i++)
        {
            double value = random.NextDouble();
            Offer(old, i, value);
            Offer(fresh, i, value);
            Step(old);
            Step(fresh);
        }

        StepResult[] after = [.. old.Results[0].Skip(before + 1)]; // the first of them closes the old run
        Assert.True(after[0].Step.Restarts);
        Assert.Equal(SeriesStatus.Cold, after[0].Status);
        Assert.Equal(
            fresh.Results[0].SelectMany(r => AsForecast(r).Bits), after.SelectMany(r => AsForecast(r).Bits));
        Assert.Equal(fresh.StateOf(0), old.StateOf(0));
        Assert.Equal(fresh.Series[0].Window.Count, old.Series[0].Window.Count);

        // what values and gaps there have been is remembered by scores
        static StepResult AsForecast(StepResult result) => result with
        {
            Step = result.Step with { Restarts = false },
            Score = 0,
            Alarm = AnomalyKind.None,
        };
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Step_BrokenVersion_ForecastsWithoutTheNetwork(float bias)
    {
        ModelParameters model = Partition.LivelyModel(Settings, 8);
        model.HeadBias.Fill(bias);
        var random = new Random(Seed: 8);
        Partition partition = Partition.OfEvents(Settings, model, seasonSteps: 4);
        for (int i = 0; i < 300; i++)
        {
            partition.Push((10 * (i % 4)) + random.NextDouble());
        }

        Assert.All(partition.Results[0], r => Assert.All(r.Yhat, y => Assert.InRange(y, 0, 31)));
        Assert.Equal(0, partition.Results[0][^1].Yhat[0], 1.0); // step 299 is a 3, so a 0 follows
    }

    private static Partition Create() =>
        new([Gridded, new SeriesProfile { StepTicks = 0 }], Settings, Partition.LivelyModel(Settings, 7));

    private static void Offer(Partition partition, int minute, double value) =>
        partition.Offer(new StreamRecord(0, RandomStream.Start + (minute * Minute), value));

    private static void Step(Partition partition)
    {
        partition.StepWaves();
        partition.Note();
    }
}
