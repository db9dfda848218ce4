using Streaming.Inference.Experts;

namespace Inference.Tests.Experts;

public sealed class MixtureTests
{
    private const int Awake = 24;

    [Fact]
    public void Mix_BeforeExpertsWake_IsExactlyPersistence()
    {
        var mixture = new Mixture(2);
        double[] forecasts = [Math.PI, -7, 1e9];
        for (int i = 0; i < Awake; i++)
        {
            Assert.Equal(Math.PI, mixture.Mix(1, forecasts));
            Assert.Null(mixture.PrefersSeason(1));
            Score(mixture, 1, persistence: 1, season: 0, network: 0);
        }

        Assert.Equal(Math.PI, mixture.Mix(0, forecasts)); // each horizon wakes by itself
        Assert.True(mixture.PrefersSeason(1));
        Assert.NotEqual(Math.PI, mixture.Mix(1, forecasts));
    }

    [Theory]
    [InlineData(Expert.Persistence)]
    [InlineData(Expert.SeasonalNaive)]
    [InlineData(Expert.Network)]
    public void Mix_OneExpertFarBetter_FollowsIt(int best)
    {
        var mixture = new Mixture(1);
        double[] forecasts = [10, 20, 30];
        for (int i = 0; i < 100; i++)
        {
            for (int e = 0; e < Expert.Count; e++)
            {
                mixture.Score(0, e, e == best ? 0.1 : 0.3);
            }
        }

        Assert.Equal(forecasts[best], mixture.Mix(0, forecasts), 1e-4);
    }

    [Fact]
    public void Mix_BestExpertChanges_FollowsWithinTheDiscount()
    {
        var mixture = new Mixture(1);
        for (int i = 0; i < 2_000; i++)
        {
            Score(mixture, 0, persistence: 0.2, season: 1, network: 1);
        }

        for (int i = 0; i < 100; i++)
        {
            Score(mixture, 0, persistence: 1, season: 1, network: 0.1);
        }

        Assert.Equal(3, mixture.Mix(0, [1, 2, 3]), 0.1);
    }

    [Fact]
    public void Mix_AnyLosses_StaysBetweenItsForecasts()
    {
        var random = new Random(Seed: 3);
        for (int trial = 0; trial < 200; trial++)
        {
            var mixture = new Mixture(1);
            for (int i = 0; i < 60; i++)
            {
                Score(mixture, 0, Error(random), Error(random), Error(random));
            }

            double[] forecasts = [random.NextDouble(), random.NextDouble(), random.NextDouble()];

            Assert.InRange(mixture.Mix(0, forecasts), forecasts.Min() - 1e-12, forecasts.Max() + 1e-12);
        }
    }

    [Theory]
    [InlineData(0.1, 0.1, 0.1)]
    [InlineData(0, 0, 1e9)]
    public void Mix_ExpertsWithASayAgree_GivesTheirForecastToTheBit(double persistence, double season, double network)
    {
        var mixture = new Mixture(1);
        for (int i = 0; i < 100; i++)
        {
            Score(mixture, 0, persistence: 0, season: 0, network: network - persistence);
        }

        Assert.Equal(persistence, mixture.Mix(0, [persistence, season, network]));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Mix_ExpertWithoutForecast_IsLeftOut(double missing)
    {
        var mixture = new Mixture(1);
        for (int i = 0; i < Awake; i++)
        {
            Score(mixture, 0, persistence: 1, season: 0, network: 0);
        }

        Assert.Equal(5, mixture.Mix(0, [5, missing, missing]), 1e-12);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Score_ErrorOfABrokenExpert_CountsAsTheWorstAndSpoilsNothing(double error)
    {
        var mixture = new Mixture(1);
        for (int i = 0; i < 2 * Awake; i++)
        {
            Score(mixture, 0, persistence: 1, season: 0.1, network: error);
        }

        Assert.Equal(7, mixture.Mix(0, [5, 7, 9]), 1e-9);
    }

    [Fact]
    public void Score_OneOutlier_IsClipped()
    {
        var mixture = new Mixture(1);
        for (int i = 0; i < 200; i++)
        {
            Score(mixture, 0, persistence: 1, season: 0.5, network: 1);
        }

        Score(mixture, 0, persistence: 1, season: 1e30, network: 1);

        Assert.True(mixture.PrefersSeason(0));
    }

    [Fact]
    public void Clear_Used_SleepsAgain()
    {
        var mixture = new Mixture(1);
        for (int i = 0; i < 100; i++)
        {
            Score(mixture, 0, persistence: 1, season: 0, network: 0);
        }

        mixture.Clear();

        Assert.Equal(1, mixture.Mix(0, [1, 2, 3]));
        Assert.Null(mixture.PrefersSeason(0));
    }

    private static void Score(Mixture mixture, int horizon, double persistence, double season, double network)
    {
        mixture.Score(horizon, Expert.Persistence, persistence);
        mixture.Score(horizon, Expert.SeasonalNaive, season);
        mixture.Score(horizon, Expert.Network, network);
    }

    /// <summary>Zero at times, and sizes over many powers of ten.</summary>
    private static double Error(Random random) => random.Next(5) == 0 ? 0 : Math.Pow(10, random.Next(-12, 12));
}
