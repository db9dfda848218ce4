using Streaming.Inference.Experts;

namespace Inference.Tests.Experts;

public sealed class ExpertMixtureTests
{
    private static readonly int[] Horizons = [1, 4, 24];
    private static readonly ExpertKind[] Kinds = [ExpertKind.Naive, ExpertKind.Steady, ExpertKind.Learner];
    private static readonly int[] Anchors = [0, 0, 0];

    private readonly ExpertScratch scratch = new();

    public ExpertMixtureTests() => scratch.Fit(Kinds.Length, Horizons.Length);

    [Fact]
    public void Mix_BeforeAnythingIsScored_IsTheAnchorWhateverOthersSay()
    {
        var mixture = new ExpertMixture(Kinds, Horizons, new());

        double[] mixed = Mix(mixture, 5, [1, 1, 1, 1e9, 1e9, 1e9, -7, double.NaN, double.PositiveInfinity]);

        Assert.Equal([1, 1, 1], mixed, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Mix_LearnerAtHorizonNotYetScored_StaysSilentThere()
    {
        var mixture = new ExpertMixture(Kinds, Horizons, new());
        double[] mixed = [];
        for (int t = 0; t < 40; t++)
        {
            mixture.Settle(0, scratch);
            mixed = Mix(mixture, 0, [1, 1, 1, 2, 2, 2, 0, 0, 50]);
        }

        Assert.Equal(0, mixed[0], 1e-3); // the learner is right at one step, where it is awake
        Assert.InRange(mixed[2], 1, 2); // at 24 only 16 have come: anchor and steady expert speak
    }

    [Fact]
    public void Mix_SteadyExpertBetterAtShorterHorizon_CarriesTheLongOne()
    {
        var mixture = new ExpertMixture(Kinds, Horizons, new());
        double[] mixed = [];
        for (int t = 0; t < 40; t++)
        {
            mixture.Settle(0, scratch);
            mixed = Mix(mixture, 0, [1, 1, 1, 0.1, 0.1, 0.1, 9, 9, 9]);
        }

        Assert.Equal(0.1, mixed[2], 1e-3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Mix_OneExpertFarBetter_FollowsItWithinItsWeights(int best)
    {
        var mixture = new ExpertMixture(Kinds, Horizons, new());
        var random = new Random(Seed: best);
        double value = 0, errors = 0;
        for (int t = 0; t < 400; t++)
        {
            mixture.Settle(value, scratch);
            double next = random.NextDouble() - 0.5;
            double[] forecasts = [.. Enumerable.Range(0, 9).Select(n => n / 3 == best ? next : next + 2)];
            double[] mixed = Mix(mixture, value, forecasts);
            errors += t >= 100 ? Math.Abs(mixed[0] - next) / 300 : 0;
            value = next;
        }

        Assert.InRange(errors, 0, 0.05);
        Assert.InRange(scratch.Weights[best], 0.9, 1 + 1e-9);
    }

    [Fact]
    public void Mix_AllExpertsTooHigh_IsCorrected()
    {
        var mixture = Single();
        var random = new Random(Seed: 8);
        double value = 0, errors = 0;
        for (int t = 0; t < 3_000; t++)
        {
            mixture.Settle(value, scratch);
            double next = random.NextDouble() - 0.5, a = random.NextDouble(), mixed = 0;
            mixture.Mix(value, 1, [0], [next + a, next + (2 * a), next + (3 * a)], scratch, new(ref mixed));
            errors += t >= 2_000 ? Math.Abs(mixed - next) / 1_000 : 0;
            value = next;
        }

        Assert.InRange(errors, 0, 0.1); // the best of them errs by 0.5
    }

    [Fact]
    public void Mix_ExpertThatComesLate_IsNotPreferredForTheHardTimesItMissed()
    {
        var mixture = Single();
        for (int t = 0; t < 200; t++)
        {
            mixture.Settle(0, scratch);
            double error = t < 100 ? 3 : 0.1, mixed = 0;
            mixture.Mix(0, 1, [0], [error, t < 100 ? double.NaN : 0.5, error], scratch, new(ref mixed));
        }

        Assert.InRange(scratch.Weights[1], 0, 0.5);
    }

    [Fact]
    public void Settle_ValuesNotObserved_TeachNothing()
    {
        var mixture = new ExpertMixture(Kinds, Horizons, new());
        for (int t = 0; t < 100; t++)
        {
            mixture.Settle(double.NaN, scratch);

            Assert.Equal([1, 1, 1], Mix(mixture, 0, [1, 1, 1, 2, 2, 2, 0, 0, 0]), (a, b) => Math.Abs(a - b) < 1e-12);
        }
    }

    [Fact]
    public void Settle_OneGlitchThatAnExpertRepeatsLater_LeavesTheBetterOneInFront()
    {
        var mixture = Single();
        double[] values = [.. Enumerable.Range(0, 400).Select(t => t == 395 ? 50 : Math.Sin(0.07 * t))];
        for (int t = 0; t < 400; t++)
        {
            double mixed = 0;
            mixture.Settle(values[t], scratch);
            mixture.Mix(values[t], 1, [0], [values[t], values[Math.Max(t - 6, 0)], values[t]], scratch, new(ref mixed));
        }

        Assert.InRange(scratch.Weights[1], 0, 0.1);
    }

    [Fact]
    public void Step_ManyExpertsWithExtremes_NeverGivesNaN()
    {
        var mixture = new ExpertMixture(Kinds, Horizons, new());
        var random = new Random(Seed: 2);
        for (int t = 0; t < 2_000; t++)
        {
            double value = Wild(random);
            mixture.Settle(value, scratch);
            double[] forecasts = [value, value, value, .. Enumerable.Range(0, 6).Select(_ => Wild(random))];
            forecasts[random.Next(3, 9)] = random.Next(2) == 0 ? double.NaN : double.NegativeInfinity;

            Assert.All(Mix(mixture, value, forecasts), one => Assert.True(double.IsFinite(one)));
        }
    }

    [Fact]
    public void Step_AnyNumberOfExperts_AllocatesNothing()
    {
        var mixture = new ExpertMixture(Kinds, Horizons, new());
        double[] forecasts = [1, 1, 1, 2, 2, 2, 3, 3, 3], mixed = new double[3];

        Assert.Equal(0, Allocation.Least(() =>
        {
            for (int t = 0; t < 200; t++)
            {
                mixture.Settle(1, scratch);
                mixture.Mix(1, 1, Anchors, forecasts, scratch, mixed);
            }
        }));
    }

    [Fact]
    public void Clear_Used_IsLikeNew()
    {
        ExpertMixture used = new(Kinds, Horizons, new()), fresh = new(Kinds, Horizons, new());
        Run(used, seed: 1);
        used.Clear();

        Assert.Equal(Run(fresh, seed: 5), Run(used, seed: 5));

        double[] Run(ExpertMixture mixture, int seed)
        {
            var random = new Random(seed);
            double[] mixed = [];
            for (int t = 0; t < 300; t++)
            {
                mixture.Settle(random.NextDouble(), scratch);
                mixed = Mix(mixture, 0, [.. Enumerable.Range(0, 9).Select(_ => random.NextDouble())]);
            }

            return mixed;
        }
    }

    /// <summary>A mixture of one horizon.</summary>
    private ExpertMixture Single()
    {
        scratch.Fit(Kinds.Length, 1);
        return new(Kinds, [1], new());
    }

    private double[] Mix(ExpertMixture mixture, double value, double[] forecasts)
    {
        var mixed = new double[Horizons.Length];
        mixture.Mix(value, 1, Anchors, forecasts, scratch, mixed);
        return mixed;
    }

    private static double Wild(Random random) => Math.Pow(10, random.Next(-20, 31)) * (random.NextDouble() - 0.5);
}
