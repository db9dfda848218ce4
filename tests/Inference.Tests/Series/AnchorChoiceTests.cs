using Streaming.Inference.Series;

namespace Inference.Tests.Series;

public sealed class AnchorChoiceTests
{
    private const int Enough = 24;

    [Fact]
    public void PrefersSeason_TooFewScores_IsOpen()
    {
        var choice = new AnchorChoice(2);
        for (int i = 0; i < Enough; i++)
        {
            Assert.Null(choice.PrefersSeason(1));
            choice.Score(1, persistence: 1, seasonal: 0.5);
        }

        Assert.True(choice.PrefersSeason(1));
        Assert.Null(choice.PrefersSeason(0));
    }

    [Fact]
    public void PrefersSeason_BeforeThereIsOne_IsOpen()
    {
        var choice = new AnchorChoice(1);
        for (int i = 0; i < 2 * Enough; i++)
        {
            choice.Score(0, persistence: 1, double.NaN);
        }

        Assert.Null(choice.PrefersSeason(0));
    }

    [Fact]
    public void PrefersSeason_TheBetterOneChanges_FollowsWithinTheDiscount()
    {
        var choice = new AnchorChoice(1);
        for (int i = 0; i < 2_000; i++)
        {
            choice.Score(0, persistence: 0.2, seasonal: 1);
        }

        Assert.False(choice.PrefersSeason(0));
        for (int i = 0; i < 100; i++)
        {
            choice.Score(0, persistence: 1, seasonal: 0.2);
        }

        Assert.True(choice.PrefersSeason(0));
    }

    [Theory]
    [InlineData(1e30)]
    [InlineData(double.PositiveInfinity)]
    public void Score_OneOutlier_IsClipped(double error)
    {
        var choice = new AnchorChoice(1);
        for (int i = 0; i < 200; i++)
        {
            choice.Score(0, persistence: 1, seasonal: 0.5);
        }

        choice.Score(0, persistence: 1, seasonal: error);

        Assert.True(choice.PrefersSeason(0));
    }

    [Fact]
    public void Clear_Used_IsOpenAgain()
    {
        var choice = new AnchorChoice(1);
        for (int i = 0; i < 100; i++)
        {
            choice.Score(0, persistence: 1, seasonal: 0);
        }

        choice.Clear();

        Assert.Null(choice.PrefersSeason(0));
    }
}
