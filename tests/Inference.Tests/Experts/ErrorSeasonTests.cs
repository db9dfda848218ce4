using Streaming.Inference.Experts;

namespace Inference.Tests.Experts;

public sealed class ErrorSeasonTests
{
    [Theory]
    [InlineData(24)]
    [InlineData(288)] // more than it has places
    public void RootAt_ErrorsThatFollowTheSeason_KnowsThemByTheirPlace(int seasonSteps)
    {
        var season = new ErrorSeason(seasonSteps);
        for (long step = 0; step < 30 * seasonSteps; step++)
        {
            season.Add(IsLarge(step) ? 1.75 : 0.25);
            season.Add(IsLarge(step) ? 1.75 : 0.25);
            season.EndStep(step);
        }

        for (long step = 0; step < seasonSteps; step++)
        {
            Assert.Equal(Math.Sqrt(IsLarge(step) ? 1.75 : 0.25), season.RootAt(step), 0.2);
        }

        bool IsLarge(long step) => step % seasonSteps >= seasonSteps / 2;
    }

    [Fact]
    public void RootAt_NothingLearntOrNoSeason_IsOne()
    {
        var none = new ErrorSeason(0);
        none.Add(3);
        none.EndStep(5);

        Assert.Equal((1, 1), (none.RootAt(5), new ErrorSeason(24).RootAt(7)));
    }
}
