using Streaming.Training.FineTuning;

namespace Streaming.Training.Tests.FineTuning;

public sealed class ComparisonTests
{
    private static readonly FineTunerOptions Options = new() { HorizonSteps = [1, 2], MinGain = 0.01, MinSeries = 3 };

    [Fact]
    public void Of_ClearGain_PromotesWithItsNumbers()
    {
        double[][] champion = [[1, 3], [2, 2], [4, double.NaN], [3, 3]];
        double[][] challenger = [[0.9, 2.8], [1.8, 1.9], [3.7, double.NaN], [2.8, 2.7]];

        Verdict verdict = Comparison.Of(champion, challenger, Options);

        double[] gains = [0.15, 0.15, 0.3, 0.25];
        double mean = gains.Average(), deviation = Math.Sqrt(gains.Sum(g => (g - mean) * (g - mean)) / 3);
        Assert.True(verdict.Promote, verdict.Reason);
        Assert.Equal(2.75, verdict.ChampionLoss, 1e-12);
        Assert.Equal(2.5375, verdict.ChallengerLoss, 1e-12);
        Assert.Equal(0.2125 / 2.75, verdict.RelativeGain, 1e-12);
        Assert.Equal(mean / (deviation / 2), verdict.Statistic, 1e-9);
        Assert.Equal([2.5, 8 / 3.0], verdict.ChampionLossByOutput);
        Assert.Equal(4, verdict.Series);
    }

    [Theory]
    [InlineData(0.999, 0.999, 0.9989, "gain below the least")]
    [InlineData(0.5, 1.3, 0.9, "gain not significant")]
    [InlineData(1.1, 1.2, 1.3, "gain below the least")]
    [InlineData(double.NaN, 0.8, 0.8, "too few series")]
    public void Of_NoClearGain_SaysWhyNot(double first, double second, double third, string reason)
    {
        double[][] champion = [[double.IsNaN(first) ? first : 1, double.NaN], [1, double.NaN], [1, double.NaN]];
        double[][] challenger = [[first, double.NaN], [second, double.NaN], [third, double.NaN]];

        Verdict verdict = Comparison.Of(champion, challenger, Options);

        Assert.False(verdict.Promote);
        Assert.Equal(reason, verdict.Reason);
    }

    [Fact]
    public void Of_NoLabels_DoesNotPromote()
    {
        double[][] unlabelled = [[double.NaN, double.NaN]];

        Assert.Equal("no held-out label", Comparison.Of([], [], Options).Reason);
        Assert.Equal("no held-out label", Comparison.Of(unlabelled, unlabelled, Options).Reason);
    }

    [Theory] // Student's 97.72% points
    [InlineData(4, 3.31)]
    [InlineData(6, 2.65)]
    [InlineData(11, 2.28)]
    [InlineData(101, 2.03)]
    public void Required_FewSeries_IsNearStudentsQuantile(int series, double expected) =>
        Assert.Equal(expected, Comparison.Required(2, series), 0.05 * expected);
}
