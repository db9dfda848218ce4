using Streaming.Inference.Experts;

namespace Inference.Tests.Experts;

public sealed class SmoothingExpertTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void Forecast_ConstantSeries_IsTheConstant(int season)
    {
        var expert = new SmoothingExpert(season);
        for (int t = 0; t < 30; t++)
        {
            expert.Take(7);
            Assert.Equal(7, expert.Forecast(3), 1e-9);
        }
    }

    [Fact]
    public void Forecast_SeasonOnALevel_RepeatsTheSeasonAfterOneOfThem()
    {
        double[] season = [0, 5, -3, 8, 1, 2, -9];
        var expert = new SmoothingExpert(season.Length);
        for (int t = 0; t < 8 * season.Length; t++)
        {
            expert.Take(100 + season[t % season.Length]);
        }

        for (int h = 1; h <= 20; h++)
        {
            Assert.Equal(100 + season[(h - 1) % season.Length], expert.Forecast(h), 0.5);
        }
    }

    [Fact]
    public void Forecast_Trend_GoesOnAndFades()
    {
        var expert = new SmoothingExpert(0);
        for (int t = 0; t < 200; t++)
        {
            expert.Take(2 * t);
        }

        Assert.InRange(expert.Forecast(1), 398.5, 401.5);
        Assert.True(expert.Forecast(10) > expert.Forecast(1));
        Assert.Equal(expert.Forecast(1_000), expert.Forecast(2_000), 1e-3);
    }

    [Fact]
    public void Clear_Used_IsLikeNew()
    {
        SmoothingExpert used = new(4), fresh = new(4);
        for (int t = 0; t < 50; t++)
        {
            used.Take(t * t);
        }

        used.Clear();
        for (int t = 0; t < 9; t++)
        {
            used.Take(t);
            fresh.Take(t);
            Assert.Equal(fresh.Forecast(2), used.Forecast(2));
        }
    }
}
