using Streaming.Inference.Anomalies;

namespace Inference.Tests.Anomalies;

public sealed class GapTrackerTests
{
    [Fact]
    public void Judge_NeverAGap_TellsLongOnesOnly()
    {
        GapTracker tracker = Lived(gapSteps: 0);

        Assert.Equal(0, Of(tracker, 0));
        Assert.Equal(0, Of(tracker, 6));
        Assert.True(Of(tracker, 12) > 2 * Surprise.Edge);
        Assert.Equal(Surprise.Most, Of(tracker, long.MaxValue));
    }

    [Fact]
    public void Judge_UsedToGaps_TellsThoseThatAreMuchLonger()
    {
        GapTracker tracker = Lived(gapSteps: 20);

        Assert.Equal(0, Of(tracker, 20));
        Assert.InRange(Of(tracker, 21), 1, 2 * Surprise.Edge);
        Assert.True(Of(tracker, 40) > 2 * Surprise.Edge);
    }

    [Fact]
    public void Judge_YoungSeries_TellsNone()
    {
        var tracker = new GapTracker();
        for (int i = 0; i < 48; i++)
        {
            Assert.Equal(0, tracker.Judge(i == 40 ? 1_000 : 0));
        }
    }

    private static double Of(GapTracker tracker, long steps) => tracker.Judge(steps);

    private static GapTracker Lived(long gapSteps)
    {
        var tracker = new GapTracker();
        for (int i = 0; i < 200; i++)
        {
            tracker.Judge(i % 10 == 9 ? gapSteps : 0);
        }

        tracker.Judge(gapSteps);
        return tracker;
    }
}
