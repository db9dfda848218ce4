using Streaming.Inference.Anomalies;

namespace Inference.Tests.Anomalies;

public sealed class LevelTrackerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Judge_SixOnOneSide_IsASurpriseAtTheSixth(int side)
    {
        LevelTracker tracker = Lived(side);
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(0, tracker.Judge(side * 20, 1e-6));
        }

        Assert.True(tracker.Judge(side * 20, 1e-6) > 2 * Surprise.Edge);
    }

    [Fact]
    public void Judge_Spikes_AreNoLevel()
    {
        LevelTracker tracker = Lived(1);
        for (int i = 0; i < 100; i++)
        {
            Assert.InRange(tracker.Judge(i % 6 < 5 ? 1_000 : -0.1, 1e-6), 0, 0);
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Judge_NoError_LeavesAllAsItWas(double error)
    {
        LevelTracker tracker = Lived(1), other = Lived(1);
        Assert.Equal(0, tracker.Judge(error, 1));
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(other.Judge(i, 1), tracker.Judge(i, 1));
        }
    }

    [Fact]
    public void Restart_KeepsTheLevels()
    {
        LevelTracker tracker = Lived(1);
        for (int i = 0; i < 6; i++)
        {
            tracker.Judge(20, 1e-6);
        }

        tracker.Restart();
        double most = Enumerable.Range(0, 20).Max(_ => tracker.Judge(19.9, 1e-6));

        Assert.Equal(0, most);
    }

    /// <summary>Its last error lies on the other side.</summary>
    private static LevelTracker Lived(int side)
    {
        var random = new Random(Seed: 2);
        var tracker = new LevelTracker();
        for (int i = 0; i < 500; i++)
        {
            tracker.Judge(random.NextDouble() - 0.5, 1e-6);
        }

        foreach (double error in (double[])[0.1, -0.1, 0.1, -0.1])
        {
            tracker.Judge(side * error, 1e-6);
        }

        return tracker;
    }
}
