using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Inference.Tests.Series;

/// <summary>Promise 2: forecasts are a pure function of the log up to them, whatever the batches.</summary>
public sealed class ForecasterDeterminismTests
{
    private static readonly ForecasterSettings Settings = Partition.SmallSettings;

    [Theory]
    [InlineData(1, "default")]
    [InlineData(2, "default")]
    [InlineData(3, "every")]
    [InlineData(4, "every")]
    public void Step_AnyGathers_GivesTheSameBitsAsOneStepAtATime(int seed, string features)
    {
        ForecasterSettings settings = Of(features);
        var random = new Random(seed);
        SeriesProfile[] profiles = RandomStream.Profiles(random, 8);
        StreamRecord[] records = With(random, settings, RandomStream.Records(random, profiles, 3_000));
        ModelParameters model = Partition.LivelyModel(settings, seed);
        var alone = new Partition(profiles, settings, model);
        foreach (StreamRecord record in records)
        {
            alone.Offer(record);
            alone.StepSingly();
            alone.Note();
        }

        Assert.InRange(alone.Results.Sum(r => r.Count), 1_000, int.MaxValue);
        foreach (int most in new[] { 2, 50, 1_500, 3_000 })
        {
            var gathered = new Partition(profiles, settings, model);
            for (int i = 0, next = 0; i < records.Length; i++)
            {
                gathered.Offer(records[i]);
                if (i >= next)
                {
                    gathered.StepWaves();
                    gathered.Note();
                    next = i + random.Next(1, most);
                }
            }

            gathered.StepWaves();
            gathered.Note();
            AssertSame(alone, gathered);
        }
    }

    [Fact]
    public void Step_WavesOfManyBlocks_GiveTheSameBitsAsOneStepAtATime()
    {
        const int Count = 700;
        var random = new Random(Seed: 5);
        SeriesProfile[] profiles = [.. Enumerable.Repeat(new SeriesProfile { StepTicks = 0, WindowSteps = 64 }, Count)];
        ModelParameters model = Partition.LivelyModel(Settings, 5);
        Partition alone = new(profiles, Settings, model), waves = new(profiles, Settings, model);
        for (int step = 0; step < 40; step++)
        {
            for (int s = 0; s < Count; s++)
            {
                var record = new StreamRecord(s, RandomStream.Start + step, random.NextDouble());
                alone.Offer(record);
                waves.Offer(record);
            }

            alone.StepSingly();
            alone.Note();
            waves.StepWaves();
            waves.Note();
        }

        AssertSame(alone, waves);
    }

    [Theory]
    [InlineData("default", Scaling.Standard)]
    [InlineData("default", Scaling.MinMax)]
    [InlineData("every", Scaling.Standard)]
    [InlineData("every", Scaling.MinMax)]
    public void Step_ValuesAfterTReplacedByNoise_LeavesEveryForecastUpToTBitIdentical(string features, Scaling scaling)
    {
        ForecasterSettings settings = Of(features, scaling);
        for (int seed = 10; seed < 20; seed++)
        {
            var random = new Random(seed);
            SeriesProfile[] profiles = [.. RandomStream.Profiles(random, 6).Select(NotCounted)];
            StreamRecord[] records = With(random, settings, RandomStream.Records(random, profiles, 2_000));
            int t = random.Next(500, 1_500);
            ModelParameters model = Partition.LivelyModel(settings, seed);
            Partition plain = new(profiles, settings, model), noisy = new(profiles, settings, model);
            for (int i = 0; i < records.Length; i++)
            {
                plain.Offer(records[i]);
                noisy.Offer(i < t ? records[i] : records[i] with
                {
                    Value = 1e4 * random.NextDouble(),
                    Covariates = records[i].Covariates is null ? null : [1e4 * random.NextDouble(), double.NaN],
                });
            }

            plain.StepWaves(); // all at once: were there a way to look ahead, this would open it
            plain.Note();
            noisy.StepWaves();
            noisy.Note();

            for (int s = 0; s < profiles.Length; s++)
            {
                Assert.Equal(Until(plain, s, t).SelectMany(r => r.Bits), Until(noisy, s, t).SelectMany(r => r.Bits));
                Assert.NotEqual(plain.Results[s].SelectMany(r => r.Bits), noisy.Results[s].SelectMany(r => r.Bits));
            }
        }
    }

    [Theory]
    [InlineData("default")]
    [InlineData("every")]
    public void Step_AfterWarmUp_AllocatesNothing(string features)
    {
        ForecasterSettings settings = Of(features);
        const int Count = 300;
        var random = new Random(Seed: 6);
        var profile = new SeriesProfile
        {
            StepTicks = TimeSpan.TicksPerMinute,
            SeasonSteps = 6,
            WindowSteps = 64,
            MaxGapSteps = 2,
        };
        var partition = new Partition(
            [.. Enumerable.Repeat(profile, Count)], settings, Partition.LivelyModel(settings, 6));
        int minute = 0;
        double[]? covariates = settings.Covariates.Length > 0 ? [1, 2] : null;

        long allocatedBytes = Allocation.Least(() =>
        {
            for (int end = minute + 40; minute < end; minute++)
            {
                for (int s = 0; s < Count; s++)
                {
                    bool isSilent = (s + minute) % 50 < s % 5; // gaps that are held, and gaps past the largest
                    if (!isSilent)
                    {
                        long time = RandomStream.Start + (minute * TimeSpan.TicksPerMinute);
                        partition.Offer(new StreamRecord(s, time, random.NextDouble()) { Covariates = covariates });
                    }
                }

                partition.StepWaves();
                partition.Queue.Clear();
            }
        });

        Assert.Equal(0, allocatedBytes);
    }

    private static ForecasterSettings Of(string features, Scaling scaling = Scaling.Standard) => features == "every"
        ? FeatureReference.Under(Settings, scaling)
        : Settings with { Scaling = scaling };

    /// <summary>Records with covariates, where the settings have any.</summary>
    private static StreamRecord[] With(Random random, ForecasterSettings settings, StreamRecord[] records) =>
        settings.Covariates.IsEmpty
            ? records
            : [.. records.Select(record => record with { Covariates = FeatureReference.Covariates(random) })];

    /// <summary>How many values a step has, no noise changes.</summary>
    private static SeriesProfile NotCounted(SeriesProfile profile) =>
        profile.Aggregate == Aggregate.Count ? profile with { Aggregate = Aggregate.Mean } : profile;

    private static IEnumerable<StepResult> Until(Partition partition, int series, int origin) =>
        partition.Results[series].Where(r => r.Step.Origin < origin);

    private static void AssertSame(Partition expected, Partition actual)
    {
        for (int s = 0; s < expected.Series.Length; s++)
        {
            Assert.Equal(expected.Results[s].SelectMany(r => r.Bits), actual.Results[s].SelectMany(r => r.Bits));
            Assert.Equal(
                expected.StateOf(s).Select(BitConverter.SingleToInt32Bits),
                actual.StateOf(s).Select(BitConverter.SingleToInt32Bits));
        }
    }
}
