using Streaming.Inference.Series;

namespace Inference.Tests.Series;

public sealed class SeriesProgressTests
{
    private static readonly ForecasterSettings Settings = new() { Horizons = [1], WarmSteps = 48 };

    [Theory]
    [InlineData(0, SeriesStatus.Cold, "no step of 48 has closed yet")]
    [InlineData(37, SeriesStatus.Cold, "37 of 48 steps")]
    [InlineData(48, SeriesStatus.Warm, "warm after 48 steps")]
    public void Of_Series_SaysHowFarItIs(int steps, SeriesStatus status, string text)
    {
        var series = new SeriesState(new() { StepTicks = 0 }, Settings, row: 0);
        for (int i = 0; i < steps; i++)
        {
            series.Take(RandomStream.Start + i, i, isHeld: false);
        }

        SeriesProgress progress = SeriesProgress.Of(series, Settings);

        Assert.Equal((status, steps, 48, text), (progress.Status, progress.Steps, progress.StepsNeeded, $"{progress}"));
    }
}
