using Streaming.Inference.Experts;

namespace Inference.Tests.Experts;

public sealed class AnomalyTrackerTests
{
    private const double Threshold = 0.9995;
    private const int Refractory = 200;
    private const int Least = 24;

    [Fact]
    public void Judge_FirstResiduals_NeverAlarm()
    {
        var tracker = new AnomalyTracker();
        for (int i = 0; i < Least; i++)
        {
            Assert.Equal((0, false), tracker.Judge(i == 20 ? 1e6 : 1e-3, Threshold, Refractory));
        }
    }

    [Fact]
    public void Judge_SpikeInCalmNoise_AlarmsOnceAndOnlyThere()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var tracker = new AnomalyTracker();
            var alarms = new List<int>();
            for (int i = 0; i < 1_000; i++)
            {
                if (tracker.Judge(i == 500 ? 30 : random.NextDouble() - 0.5, Threshold, Refractory).IsAnomaly)
                {
                    alarms.Add(i);
                }
            }

            Assert.Equal([500], alarms);
        }
    }

    [Fact]
    public void Judge_WithinRefractory_StaysQuietUnlessExceeded()
    {
        AnomalyTracker tracker = Calm();

        Assert.True(tracker.Judge(20, Threshold, Refractory).IsAnomaly);
        Assert.False(tracker.Judge(15, Threshold, Refractory).IsAnomaly);
        Assert.True(tracker.Judge(-60, Threshold, Refractory).IsAnomaly);
        Assert.False(tracker.Judge(30, Threshold, Refractory).IsAnomaly);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(200)]
    public void Judge_AfterAlarm_IsQuietForExactlyTheRefractorySteps(int refractory)
    {
        AnomalyTracker tracker = Calm();
        Assert.True(tracker.Judge(50, Threshold, refractory).IsAnomaly);
        for (int i = 0; i < refractory; i++)
        {
            AnomalyTracker here = tracker;
            Assert.False(here.Judge(20, Threshold, refractory).IsAnomaly);
            tracker.Judge(0.5, Threshold, refractory);
        }

        Assert.True(tracker.Judge(20, Threshold, refractory).IsAnomaly);
    }

    [Fact]
    public void Judge_ConstantThenSpike_AlarmsOnce()
    {
        var tracker = new AnomalyTracker();
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal((0, false), tracker.Judge(0, Threshold, Refractory));
        }

        Assert.True(tracker.Judge(1, Threshold, Refractory).IsAnomaly);
        Assert.False(tracker.Judge(-1, Threshold, Refractory).IsAnomaly);
        Assert.False(tracker.Judge(0, Threshold, Refractory).IsAnomaly);
    }

    [Fact]
    public void Judge_ConstantButForRounding_NeverAlarms()
    {
        var tracker = new AnomalyTracker();
        for (int i = 0; i < 100; i++)
        {
            Assert.False(tracker.Judge(i % 10 == 9 ? 1e-12 : 0, Threshold, Refractory).IsAnomaly);
        }
    }

    [Fact]
    public void Judge_ConstantThenNoise_LearnsTheNoise()
    {
        var random = new Random(Seed: 5);
        var tracker = new AnomalyTracker();
        for (int i = 0; i < 1_000; i++)
        {
            tracker.Judge(0, Threshold, Refractory);
        }

        int alarms = 0;
        for (int i = 0; i < 2_000; i++)
        {
            alarms += tracker.Judge(random.NextDouble() - 0.5, Threshold, Refractory).IsAnomaly && i >= 200 ? 1 : 0;
        }

        Assert.Equal(0, alarms);
    }

    [Fact]
    public void Judge_FarOutEarly_IsNotBlindLater()
    {
        var random = new Random(Seed: 6);
        var tracker = new AnomalyTracker();
        for (int i = 0; i < 400; i++)
        {
            tracker.Judge(i == 3 ? 1e6 : random.NextDouble() - 0.5, Threshold, Refractory);
        }

        Assert.True(tracker.Judge(20, Threshold, Refractory).IsAnomaly);
    }

    [Fact]
    public void Judge_LevelOfNoiseRises_IsLearnedInTheEnd()
    {
        var random = new Random(Seed: 7);
        AnomalyTracker tracker = Calm();
        for (int i = 0; i < 1_000; i++)
        {
            tracker.Judge(100 * (random.NextDouble() - 0.5), Threshold, Refractory);
        }

        Assert.False(tracker.Judge(49, Threshold, Refractory).IsAnomaly);
    }

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e300)]
    public void Judge_Boundless_ScoresAtMostOneAndRecovers(double residual)
    {
        AnomalyTracker tracker = Calm();

        (double score, bool isAnomaly) = tracker.Judge(residual, Threshold, Refractory);

        Assert.True(isAnomaly);
        Assert.InRange(score, Threshold, 1);
        Assert.InRange(tracker.Judge(0.5, Threshold, Refractory).Score, 0, 0.9);
    }

    private static AnomalyTracker Calm()
    {
        var random = new Random(Seed: 1);
        var tracker = new AnomalyTracker();
        for (int i = 0; i < 300; i++)
        {
            tracker.Judge(random.NextDouble() - 0.5, Threshold, Refractory);
        }

        return tracker;
    }
}
