using Streaming.Training.Gate;
using Streaming.Training.Tests.Reference;

namespace Streaming.Training.Tests.Gate;

public sealed class PageHinkleyTests
{
    private const double Deviation = 0.1; // mean absolute deviation of the noise below

    [Fact]
    public void Add_RiseByThreeDeviations_IsFoundWithinTwelveValues()
    {
        int[] delays = [.. Enumerable.Range(0, 200).Select(seed => DelayOf(seed, rise: 3 * Deviation))];

        Assert.InRange(delays.Order().ElementAt(100), 1, 9);
        Assert.InRange(delays.Order().ElementAt(180), 1, 12);
        Assert.True(delays.Max() < 60, "missed");
    }

    [Fact]
    public void Add_StationaryNoise_AlarmsLessThanOnceInTwoThousandValues()
    {
        int alarms = 0;
        for (int seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var test = new PageHinkley();
            alarms += Enumerable.Range(0, 1_000).Count(_ => test.Add(Noise(random)));
        }

        Assert.InRange(alarms, 0, 50); // in 100,000 values
    }

    [Fact]
    public void Add_OneWildValue_IsNoAlarm()
    {
        var random = new Random(1);
        var test = new PageHinkley();

        bool[] alarms = [.. Enumerable.Range(0, 300).Select(n => test.Add(n % 100 == 60 ? 1e9 : Noise(random)))];

        Assert.DoesNotContain(true, alarms);
    }

    [Fact]
    public void Add_Fall_IsNoAlarm()
    {
        var random = new Random(1);
        var test = new PageHinkley();

        bool[] alarms = [.. Enumerable.Range(0, 300).Select(n => test.Add(Noise(random) / (n < 100 ? 1 : 3)))];

        Assert.DoesNotContain(true, alarms);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Add_NotFinite_IsPassedOver(double error)
    {
        PageHinkley test = Warm(2), other = Warm(2);

        Assert.False(test.Add(error));
        Assert.Equal(Until(other, 3), Until(test, 3));
    }

    [Fact]
    public void Add_Constant_IsNoAlarm()
    {
        var test = new PageHinkley();

        Assert.DoesNotContain(true, Enumerable.Range(0, 200).Select(_ => test.Add(0)));
    }

    [Fact]
    public void Add_AfterAnAlarm_LearnsTheNewLevel()
    {
        PageHinkley test = Warm(5);
        Until(test, 5);
        var random = new Random(6);

        Assert.DoesNotContain(true, Enumerable.Range(0, 200).Select(_ => test.Add(5 + Noise(random))));
    }

    private static int DelayOf(int seed, double rise)
    {
        PageHinkley test = Warm(seed);
        var random = new Random(seed + 1_000);
        return Enumerable.Range(1, 60).First(n => test.Add(rise + Noise(random)) || n == 60);
    }

    private static PageHinkley Warm(int seed)
    {
        var random = new Random(seed);
        var test = new PageHinkley();
        for (int n = 0; n < 100; n++)
        {
            test.Add(Noise(random));
        }

        return test;
    }

    /// <summary>Values at a level until the alarm.</summary>
    private static int Until(PageHinkley test, double level) => Enumerable.Range(1, 1_000).First(_ => test.Add(level));

    private static double Noise(Random random) => 1 + (2 * Deviation * random.Floats(1)[0]);
}
