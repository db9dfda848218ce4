using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Streaming.Inference.Experts;
using Streaming.Inference.Series;
using Streaming.Inference.Series.Codec;

namespace Inference.Tests.Experts;

public sealed class SeriesExpertsTests
{
    private const int Steps = 700;
    private const int Season = 24;
    private const int HiddenUnits = 3;

    private static readonly int[] Horizons = [1, 2, 6, 24, 30];

    private static readonly SeriesProfile Profile =
        new() { StepTicks = TimeSpan.TicksPerHour, SeasonSteps = Season, WindowSteps = 430 };

    private static readonly SeriesExpertsOptions Full = new()
    {
        LinearLagSteps = [6, 24],
        ReadoutLagSteps = 4,
        GroupLagSteps = [(6, 3)],
    };

    [Theory]
    [InlineData(150)]
    [InlineData(299)]
    public void Forecast_ValuesAfterReplacedByNoise_KeepsItsBits(int last)
    {
        double[][] values = Values(seed: 1), noisy = [.. values.Select(one => one.ToArray())];
        var random = new Random(Seed: 2);
        foreach (double[] one in noisy)
        {
            foreach (ref double value in one.AsSpan(last + 1))
            {
                value = 1e3 * random.NextDouble();
            }
        }

        Assert.Equal(Run(values, Full)[..(last + 1)], Run(noisy, Full)[..(last + 1)]);
        Assert.NotEqual(Run(values, Full)[last + 1], Run(noisy, Full)[last + 1]);
    }

    /// <summary>A change of this hash changes forecasts: the changelog names it. CI runs it on three vector widths.
    /// </summary>
    [Fact]
    public void Forecast_AnyVectorWidth_GivesTheRecordedBits()
    {
        var random = new Random(Seed: 9);
        double[] Noise() => [.. Enumerable.Range(0, Steps).Select(_ => random.NextDouble())];
        double[][] values = [Noise(), Noise()];

        byte[] bits = [.. Run(values, Full).SelectMany(step => MemoryMarshal.AsBytes(step.AsSpan()).ToArray())];

        Assert.Equal("10cc12853a8e4068", Convert.ToHexStringLower(SHA256.HashData(bits))[..16]);
    }

    [Fact]
    public void Forecast_SeasonalSeriesWithNoise_IsBetterThanNaive()
    {
        double[][] values = Values(seed: 3);
        double[][] forecasts = Run(values, Full);
        double ofMixture = 0, ofNaive = 0;
        for (int t = 500; t + 6 < Steps; t++)
        {
            ofMixture += Math.Abs(forecasts[t][2] - values[0][t + 6]);
            ofNaive += Math.Abs(values[0][t + 6 - Season] - values[0][t + 6]);
        }

        Assert.InRange(ofMixture, 0, 0.9 * ofNaive);
    }

    [Fact]
    public void Forecast_RandomWalkFromFirstSight_IsHardlyWorseThanPersistence()
    {
        double ofMixture = 0, ofPersistence = 0;
        for (int seed = 0; seed < 10; seed++)
        {
            var random = new Random(seed);
            double value = 0;
            double[] walk = [.. Enumerable.Range(0, Steps).Select(_ => value += random.NextDouble() - 0.5)];
            double[][] forecasts = Run([walk], new() { LinearLagSteps = [24] });
            for (int t = 1; t + 24 < Steps; t++)
            {
                ofMixture += Math.Abs(forecasts[t][3] - walk[t + 24]);
                ofPersistence += Math.Abs(walk[t] - walk[t + 24]);
            }
        }

        Assert.InRange(ofMixture, 0, 1.08 * ofPersistence);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-9999)]
    [InlineData(1e30)]
    public void Forecast_ConstantSentinelOrHugeSteps_IsFinite(double odd)
    {
        double[][] values = Values(seed: 5);
        for (int t = 100; t < Steps; t += t % 2 == 0 ? 37 : 1)
        {
            values[0][t] = odd;
        }

        Assert.All(Run(values, Full), step => Assert.All(step, one => Assert.True(double.IsFinite(one))));
        Assert.All(
            Run([[.. values[0].Select(_ => odd)]], Full), step => Assert.All(step, one => Assert.Equal(odd, one)));
    }

    /// <summary>A jump before much is learnt, in the unit from before, must not be repeated in the one from after it.
    /// </summary>
    [Theory]
    [InlineData(26)]
    [InlineData(40)]
    [InlineData(60)]
    public void Forecast_HugeSpikeBeforeMuchIsLearnt_StaysWithinItsSize(int at)
    {
        double[][] values = Values(seed: 5);
        for (int t = at; t < Steps; t += 100)
        {
            values[0][t] = 1e30;
        }

        Assert.All(Run(values, Full), step => Assert.All(step, one => Assert.InRange(one, -1e32, 1e32)));
    }

    [Fact]
    public void Forecast_MostlyZeros_IsNeverNegative()
    {
        var random = new Random(Seed: 6);
        double[] demand = [.. Enumerable.Range(0, Steps).Select(_ => random.Next(5) == 0 ? random.Next(1, 9) : 0)];

        Assert.All(Run([demand], Full)[20..], step => Assert.All(step, one => Assert.InRange(one, 0, 9)));
    }

    /// <summary>The network is right at each step; what it says from values that knew their future proves nothing.
    /// </summary>
    [Theory]
    [InlineData(true, 0.99, 1.01)]
    [InlineData(false, 0, 0.2)]
    public void Forecast_FromValuesThatKnewTheirFuture_IsScoredNever(bool knowsItsFuture, double least, double most)
    {
        var random = new Random(Seed: 10);
        SeriesExperts experts = Group(1, new() { LinearLagSteps = [] })[0];
        ExpertScratch scratch = new();
        scratch.Fit(experts.Plan);
        double[] mixed = new double[Horizons.Length];
        double value = 0, ofMixture = 0, ofPersistence = 0;
        for (int t = 0; t < 300; t++)
        {
            Take(experts, value, isHeld: false, scratch);
            double next = value + random.NextDouble() - 0.5;
            double[] network = [.. Horizons.Select(_ => next)];
            experts.Forecast(t * TimeSpan.TicksPerHour, network, [], [], knowsItsFuture, scratch, mixed);
            ofMixture += t >= 100 ? Math.Abs(mixed[0] - next) : 0;
            ofPersistence += t >= 100 ? Math.Abs(value - next) : 0;
            value = next;
        }

        Assert.InRange(ofMixture / ofPersistence, least, most);
    }

    [Fact]
    public void ReadFrom_SeriesThatIsMostlyZero_GoesOnWithTheSameBits()
    {
        var options = new SeriesExpertsOptions { LinearLagSteps = [6] };
        var random = new Random(Seed: 8);
        double[] expected = new double[Horizons.Length], actual = new double[Horizons.Length];
        ExpertScratch scratch = new();
        SeriesExperts steady = Group(1, options)[0], revived = Group(1, options)[0];
        scratch.Fit(steady.Plan);
        for (int t = 0; t < 300; t++)
        {
            double value = random.Next(5) == 0 ? random.Next(1, 9) : 0;
            foreach ((SeriesExperts one, double[] mixed) in new[] { (steady, expected), (revived, actual) })
            {
                Take(one, value, isHeld: false, scratch);
                one.Forecast(t * TimeSpan.TicksPerHour, [], [], [], knowsItsFuture: false, scratch, mixed);
            }

            Assert.Equal(expected, actual);
            if (t % 9 == 0)
            {
                var buffer = new ArrayBufferWriter<byte>();
                revived.WriteTo(new StateWriter(buffer));
                var reader = new StateReader(buffer.WrittenSpan);
                revived = new(revived.Plan, revived.Window);
                revived.ReadFrom(ref reader);
                reader.End();
            }
        }
    }

    [Fact]
    public void Step_AllExperts_AllocatesNothing()
    {
        SeriesExperts[] group = Group(2, Full);
        SeriesGroup members = new(Profile, [ValueKind.Gauge, ValueKind.Gauge]);
        ExpertScratch scratch = new();
        scratch.Fit(group[0].Plan);
        double[] network = [1, 2, 3, 4, 5], mixed = new double[Horizons.Length], seen = new double[members.FeatureCount];
        long hour = 0;
        float[] hidden = [0.1f, 0.2f, 0.3f];

        Assert.Equal(0, Allocation.Least(() =>
        {
            for (int t = 0; t < 100; t++)
            {
                Take(group[0], t % 7, isHeld: t % 11 == 0, scratch);
                Take(group[1], t % 5, isHeld: false, scratch);
                members.Note(1, new(++hour * TimeSpan.TicksPerHour, t % 5));
                members.Look(0, hour * TimeSpan.TicksPerHour, seen);
                group[0].Forecast(t * TimeSpan.TicksPerHour, network, hidden, seen, false, scratch, mixed);
            }
        }));
    }

    private static SeriesExperts[] Group(int members, SeriesExpertsOptions options)
    {
        var plan = new ExpertPlan(Profile, [.. Horizons], options, HiddenUnits, members);
        return [.. Enumerable.Range(0, members)
            .Select(_ => new SeriesExperts(plan, new Window(Profile.WindowSteps, keepsTimes: false)))];
    }

    private static void Take(SeriesExperts experts, double value, bool isHeld, ExpertScratch scratch)
    {
        experts.Take(value, isHeld, weight: 1, scratch);
        experts.Window.Push(value, isHeld, timeTicks: 0);
    }

    /// <summary>Forecasts of the first series at each step; the network says what was a day ago, its state is the hour.
    /// </summary>
    private static double[][] Run(double[][] values, SeriesExpertsOptions options)
    {
        SeriesExperts[] group = Group(values.Length, options);
        SeriesGroup members = new(Profile, [.. values.Select(_ => ValueKind.Gauge)]);
        var seen = new double[members.FeatureCount];
        ExpertScratch scratch = new();
        scratch.Fit(group[0].Plan);
        var forecasts = new double[Steps][];
        for (int t = 0; t < Steps; t++)
        {
            for (int c = 0; c < group.Length; c++)
            {
                Take(group[c], values[c][t], isHeld: false, scratch);
                members.Note(c, new((t + 1) * TimeSpan.TicksPerHour, values[c][t]));
            }

            double[] network = [.. Horizons.Select(h => values[0][Math.Max(t - h, 0)])];
            float[] hidden = [t % Season / (float)Season, 0.5f, (float)Math.Clamp(values[0][t], -1, 1)];
            forecasts[t] = new double[Horizons.Length];
            for (int c = 0; c < group.Length; c++)
            {
                double[] mixed = c == 0 ? forecasts[t] : new double[Horizons.Length];
                members.Look(c, (t + 1) * TimeSpan.TicksPerHour, seen);
                group[c].Forecast((t + 1) * TimeSpan.TicksPerHour, network, hidden, seen, false, scratch, mixed);
            }
        }

        return forecasts;
    }

    private static double[][] Values(int seed)
    {
        var random = new Random(seed);
        double[] Series(double phase)
        {
            double noise = 0;
            return
            [
                .. Enumerable.Range(0, Steps).Select(t =>
                {
                    noise = (0.7 * noise) + random.NextDouble() - 0.5;
                    return 20 + (5 * Math.Sin((2 * Math.PI * t / Season) + phase)) + noise;
                }),
            ];
        }

        return [Series(0), Series(1)];
    }
}
