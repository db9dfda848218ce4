using Streaming.Inference.Anomalies;

namespace Inference.Tests.Anomalies;

public sealed class SurpriseTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(Surprise.Edge)]
    [InlineData(7.6)]
    [InlineData(20)]
    public void ScoreOf_AnySurprise_IsTheProbabilityOfALesserOne(double surprise) =>
        Assert.Equal(1 - Math.Exp(-surprise), Surprise.ScoreOf(surprise), 1e-6);

    [Fact]
    public void ScoreOf_RisingSurprise_NeverFallsAndEndsAtOne()
    {
        double last = 0;
        for (double surprise = 0; surprise < 100; surprise += 1e-3)
        {
            double score = Surprise.ScoreOf(surprise);
            Assert.InRange(score, last, 1);
            last = score;
        }

        Assert.Equal(1, last);
        Assert.Equal(1, Surprise.ScoreOf(Surprise.Most));
    }

    [Fact]
    public void WeightOf_OddAndOdder_TeachesLess()
    {
        Assert.Equal(1, Surprise.WeightOf(0));
        Assert.Equal(1, Surprise.WeightOf(2 * Surprise.Edge));
        Assert.Equal(0.5, Surprise.WeightOf(4 * Surprise.Edge), 1e-12);
        Assert.InRange(Surprise.WeightOf(Surprise.Most), 1e-6, 0.01);
    }
}
