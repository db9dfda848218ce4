using Streaming.Inference.Experts;

namespace Inference.Tests.Experts;

public sealed class IntervalTrackerTests
{
    private static readonly double[] Levels = [0.05, 0.5, 0.95];
    private static readonly float[] Shape = [-2, 0, 2];

    private readonly double[] errors = new double[Levels.Length];

    public static TheoryData<string> Noises => [.. Noise.Keys];

    private static Dictionary<string, Func<Random, double>> Noise { get; } = new()
    {
        ["even"] = random => random.NextDouble() - 0.5,
        ["one-sided"] = random => Math.Pow(random.NextDouble(), 3),
        ["wide tails"] = random => Math.Tan(3 * (random.NextDouble() - 0.5)),
        ["mostly zero"] = random => random.Next(5) == 0 ? random.NextDouble() : 0,
    };

    [Theory, MemberData(nameof(Noises))]
    public void Quantiles_NoiseOfAnyShape_HaveAsMuchBelowThemAsTheirLevelSays(string noise)
    {
        var tracker = new IntervalTracker(1, Levels.Length);
        var random = new Random(Seed: 1);
        var below = new double[Levels.Length];
        for (int t = 0; t < 20_000; t++)
        {
            double error = Noise[noise](random);
            for (int q = 0; t >= 10_000 && q < below.Length; q++)
            {
                below[q] += error < errors[q] ? 1e-4 : 0;
            }

            Learn(tracker, error, scale: 0.5);
        }

        Assert.All(below.Zip(Levels), pair => Assert.Equal(pair.Second, pair.First, 0.01));
    }

    [Fact]
    public void Quantiles_BeforeTheFirstError_AreThoseOfThePrior()
    {
        var tracker = new IntervalTracker(2, Levels.Length);

        tracker.Quantiles(1, scale: 4, new SpreadPrior(3, Levels, Shape), errors);

        Assert.Equal([-6, 0, 6], errors);
    }

    [Fact]
    public void Learn_FirstErrors_MoveThePriorStepByStep()
    {
        var tracker = new IntervalTracker(1, Levels.Length);
        double before = 6;
        for (int t = 0; t < 20; t++)
        {
            Learn(tracker, error: t % 2 == 0 ? 0.5 : -0.5, scale: 4, prior: 3);

            Assert.InRange(errors[2], 0.5, before);
            before = errors[2];
        }

        Assert.InRange(before, 1, 4);
    }

    [Fact]
    public void Learn_ErrorsTriple_CoversMostOfThemSoonAgain()
    {
        var tracker = new IntervalTracker(1, Levels.Length);
        var random = new Random(Seed: 3);
        double covered = 0;
        for (int t = 0; t < 3_000; t++)
        {
            double error = (t < 2_000 ? 1 : 3) * (random.NextDouble() + random.NextDouble() - 1);
            tracker.Quantiles(0, 1, Prior(1), errors);
            covered += t is >= 2_050 and < 2_350 && error >= errors[0] && error <= errors[2] ? 1 / 300.0 : 0;
            Learn(tracker, error, scale: 1);
        }

        Assert.InRange(covered, 0.75, 0.95);
    }

    [Fact]
    public void Learn_MissesInARow_WidenAndTheirEndLetsGo()
    {
        var tracker = new IntervalTracker(1, Levels.Length);
        for (int t = 0; t < 2_000; t++)
        {
            Learn(tracker, error: t % 2 == 0 ? 1 : -1, scale: 1, isMiss: false);
        }

        double calm = errors[2];
        for (int t = 0; t < 60; t++)
        {
            Learn(tracker, error: t % 2 == 0 ? 1 : -1, scale: 1, isMiss: true);
        }

        double missed = errors[2];
        for (int t = 0; t < 2_000; t++)
        {
            Learn(tracker, error: t % 2 == 0 ? 1 : -1, scale: 1, isMiss: false);
        }

        Assert.InRange(missed / calm, 1.2, 1.4);
        Assert.InRange(errors[2] / calm, 0.95, 1.05);
    }

    [Fact]
    public void Quantiles_ScaleGrows_GrowByItsFourthRoot()
    {
        var tracker = new IntervalTracker(1, Levels.Length);
        Learn(tracker, error: 0.7, scale: 1);
        double at = errors[2];

        tracker.Quantiles(0, scale: 16, Prior(1), errors);

        Assert.Equal(2 * at, errors[2], 1e-12);
    }

    [Fact]
    public void Quantiles_WildErrors_AreFiniteAndInOrder()
    {
        double[] levels = [0.1, 0.11, 0.12, 0.5, 0.9];
        var tracker = new IntervalTracker(1, levels.Length);
        var random = new Random(Seed: 4);
        var quantiles = new double[levels.Length];
        for (int t = 0; t < 3_000; t++)
        {
            double scale = Math.Pow(10, random.Next(-100, 101)), error = Math.Pow(10, random.Next(-110, 111));
            var prior = new SpreadPrior(0, levels, [-2, -1.9f, -1.8f, 0, 2]);
            tracker.Learn(0, random.Next(2) == 0 ? error : -error, scale, random.Next(2) == 0, prior);
            tracker.Quantiles(0, scale, prior, quantiles);

            Assert.All(quantiles, one => Assert.True(double.IsFinite(one)));
            Assert.Equal(quantiles.Order(), quantiles);
        }
    }

    [Fact]
    public void Clear_Used_IsLikeNew()
    {
        var tracker = new IntervalTracker(1, Levels.Length);
        Learn(tracker, error: 5, scale: 1);
        tracker.Clear();
        tracker.Quantiles(0, 1, Prior(1), errors);

        Assert.Equal([-2, 0, 2], errors);
    }

    private static SpreadPrior Prior(double size) => new(size, Levels, Shape);

    /// <summary>Learns an error, and takes the quantiles from there.</summary>
    private void Learn(IntervalTracker tracker, double error, double scale, bool? isMiss = null, double prior = 1)
    {
        tracker.Learn(0, error, scale, isMiss, Prior(prior));
        tracker.Quantiles(0, scale, Prior(prior), errors);
    }
}
