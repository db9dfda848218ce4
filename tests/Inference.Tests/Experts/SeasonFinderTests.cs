using Streaming.Inference.Experts;

namespace Inference.Tests.Experts;

public sealed class SeasonFinderTests
{
    [Theory]
    [InlineData(7)]
    [InlineData(24)]
    [InlineData(90)]
    public void Take_NoisySeason_FindsIt(int season)
    {
        var finder = new SeasonFinder(200);
        var random = new Random(Seed: season);
        for (int t = 0; t < 2_000; t++)
        {
            finder.Take(50 + (10 * Math.Sin(2 * Math.PI * t / season)) + (4 * random.NextDouble()), 7);
        }

        Assert.InRange(finder.SeasonSteps % season, -1, 1);
        Assert.InRange(finder.SeasonSteps, season - 1, season + 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Take_NoiseOrRandomWalk_FindsNone(bool walks)
    {
        var finder = new SeasonFinder(50);
        var random = new Random(Seed: 1);
        double value = 0;
        for (int t = 0; t < 2_000; t++)
        {
            value = random.NextDouble() - 0.5 + (walks ? value : 0);
            finder.Take(value, walks ? 10 : 0.3);
        }

        Assert.Equal(0, finder.SeasonSteps);
    }
}
