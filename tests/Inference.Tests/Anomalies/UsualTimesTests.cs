using Streaming.Inference.Anomalies;

namespace Inference.Tests.Anomalies;

public sealed class UsualTimesTests
{
    private const double Odd = Surprise.Edge + 10;

    [Fact]
    public void Temper_EverySeason_IsUsualFromTheThirdTimeOn()
    {
        var times = new UsualTimes();
        double[] left = [.. Enumerable.Range(0, 8).Select(_ => Season(ref times, at: 30, Odd))];

        Assert.Equal([Odd, Odd, .. Enumerable.Repeat(Surprise.Edge, 6)], left);
    }

    [Fact]
    public void Temper_ALittleEarlierOrLater_IsUsualToo()
    {
        UsualTimes times = Lived();
        foreach (int at in (int[])[20, 30, 38])
        {
            UsualTimes here = times;
            Assert.Equal(Surprise.Edge, Season(ref here, at, Odd));
        }
    }

    [Fact]
    public void Temper_AtAnotherTimeOrMuchOdder_IsAsBefore()
    {
        UsualTimes times = Lived(), others = times;

        Assert.Equal(Odd, Season(ref times, at: 150, Odd));
        Assert.Equal(Odd + 20, Season(ref others, at: 30, Odd + 20));
    }

    [Fact]
    public void Temper_NotForALongTime_IsForgotten()
    {
        UsualTimes times = Lived();
        for (int season = 0; season < 20; season++)
        {
            Season(ref times, at: 0, 0);
        }

        Assert.Equal(Odd, Season(ref times, at: 30, Odd));
    }

    [Fact]
    public void Temper_NoSeason_ChangesNothing()
    {
        var times = new UsualTimes();
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(Odd, times.Temper(Odd, double.NaN));
        }
    }

    private static UsualTimes Lived()
    {
        var times = new UsualTimes();
        for (int season = 0; season < 20; season++)
        {
            Season(ref times, at: 30, Odd);
        }

        return times;
    }

    /// <summary>A season of 240 steps, with one surprise.</summary>
    private static double Season(ref UsualTimes times, int at, double surprise)
    {
        double left = 0;
        for (int i = 0; i < 240; i++)
        {
            double one = times.Temper(i == at ? surprise : 1, i / 240.0);
            left = i == at ? one : left;
        }

        return left;
    }
}
