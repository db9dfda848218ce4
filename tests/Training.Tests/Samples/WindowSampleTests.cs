using Streaming.Inference.Series;
using Streaming.Training.Samples;

namespace Streaming.Training.Tests.Samples;

public sealed class WindowSampleTests
{
    private static readonly SeriesProfile Profile = new() { StepTicks = TimeSpan.TicksPerHour };

    [Fact]
    public void Of_WholeSeries_HoldsWhatWasRead()
    {
        double[] values = [3, 1, 4];

        WindowSample sample = WindowSample.Of(7, Profile, values, [false, true, false], [false, true, true], [10, 20, 30]);

        Assert.Equal((7UL, 3, 20L), (sample.Series, sample.Values.Length, sample.TimeTicks[1]));
        Assert.True(sample.IsHeld[1]);
    }

    [Fact]
    public void Of_LengthsThatDisagree_Throws()
    {
        Assert.Throws<ArgumentException>(() => WindowSample.Of(7, Profile, [1, 2], [false], [false, false], [10, 20]));
        Assert.Throws<ArgumentException>(() => WindowSample.Of(7, Profile, [], [], [], []));
    }
}
