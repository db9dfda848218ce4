using Streaming.Daemon.Demo;

namespace Daemon.Tests.Demo;

public sealed class ProgressLineTests
{
    [Fact]
    public void Of_RunningDemo_IsOneLineOfItsFigures()
    {
        ScoreReport scores = new([1, 6], [new("a", 9, [1, 1], [0.625, double.NaN], 0.9, 0, 0, 0, 0)]);
        DemoSnapshot now = new(13_640, 78_060, 13_622, TimeSpan.FromSeconds(10), "lstm@2", 1, scores);

        Assert.Equal(
            "10 s: 13,640 of 78,060 records, 13,622 forecasts, 1,364 records/s, version lstm@2 (1 adopted), "
            + "error against seasonal naive 0.63 (h=1), – (h=6)",
            ProgressLine.Of(now));
    }
}
