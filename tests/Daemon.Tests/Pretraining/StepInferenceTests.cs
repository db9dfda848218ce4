using Streaming.Daemon.Pretraining;
using Streaming.Training.Preparation;

namespace Daemon.Tests.Pretraining;

public sealed class StepInferenceTests
{
    [Fact]
    public void MostFrequentSpacing_GapsJitterAndRepeats_FindsTheStep()
    {
        long[] times = [0, 300, 600, 600, 901, 1_200, 1_500, 9_000, 9_300];

        Assert.Equal(300, StepInference.MostFrequentSpacing([Series(times)]));
    }

    [Fact]
    public void MostFrequentSpacing_SeveralSeries_CountsWithinEachOnly()
    {
        Assert.Equal(60, StepInference.MostFrequentSpacing([Series(0, 60, 120), Series(1_000, 1_010), Series(5)]));
    }

    [Fact]
    public void MostFrequentSpacing_AsManyOfTwo_TakesTheLesser()
    {
        Assert.Equal(10, StepInference.MostFrequentSpacing([Series(0, 20, 30)]));
    }

    [Fact]
    public void MostFrequentSpacing_NoTwoTimes_IsNull()
    {
        Assert.Null(StepInference.MostFrequentSpacing([Series(4, 4), Series(5), Series()]));
    }

    private static RawSeries Series(params long[] times) => new("s", 1, times, new double[times.Length]);
}
