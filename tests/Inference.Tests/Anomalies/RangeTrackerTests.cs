using Streaming.Inference.Anomalies;

namespace Inference.Tests.Anomalies;

public sealed class RangeTrackerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Judge_OutsideTheRange_IsTheOdderTheFarther(int side)
    {
        RangeTracker tracker = Lived(side);
        double before = 0;
        foreach (double value in (double[])[0.2, 0.9, 1.1, 1.5, 3, 1e100])
        {
            RangeTracker here = tracker;
            double surprise = here.Judge(side * value, 1e-6);
            Assert.True(value < 1 ? surprise == 0 : surprise > before);
            before = surprise;
        }

        Assert.Equal(Surprise.Most, before);
    }

    [Fact]
    public void Judge_SeenBefore_IsRememberedForLongAndForgottenInTheEnd()
    {
        RangeTracker tracker = Lived(1);
        Assert.True(tracker.Judge(3, 1e-6) > 2 * Surprise.Edge);
        Assert.Equal(0, tracker.Judge(2.9, 1e-6));
        for (int i = 0; i < 30_000; i++)
        {
            tracker.Judge(i % 2 * 0.99, 1e-6);
        }

        Assert.True(tracker.Judge(3, 1e-6) > 2 * Surprise.Edge);
    }

    [Fact]
    public void Judge_FirstValues_AreNoSurprise()
    {
        var tracker = new RangeTracker();
        for (int i = 0; i < 48; i++)
        {
            Assert.Equal(0, tracker.Judge(i * i * i, 1e-6));
        }
    }

    [Fact]
    public void Judge_ConstantThenAHair_CountsInTheLeastRange()
    {
        var tracker = new RangeTracker();
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(0, tracker.Judge(7, 1));
        }

        Assert.Equal(Surprise.Edge, tracker.Judge(7 + 1e-12, 1), 1e-6);
    }

    private static RangeTracker Lived(int side)
    {
        var tracker = new RangeTracker();
        for (int i = 0; i < 200; i++)
        {
            tracker.Judge(side * (i % 2), 1e-6);
        }

        return tracker;
    }
}
