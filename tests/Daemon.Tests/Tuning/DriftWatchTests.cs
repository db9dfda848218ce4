using Streaming.Daemon.Serving;
using Streaming.Daemon.Tuning;

namespace Daemon.Tests.Tuning;

public sealed class DriftWatchTests
{
    [Fact]
    public void Look_ErrorsDouble_IsNoticed()
    {
        var metrics = new ForecasterMetrics();
        var watch = new DriftWatch(metrics);

        Assert.DoesNotContain(true, Enumerable.Range(0, 100).Select(n => Look(n, error: 1)));
        Assert.Contains(true, Enumerable.Range(100, 20).Select(n => Look(n, error: 2)));

        bool Look(int n, double error)
        {
            Settle(metrics, lane: n % 2, count: 40, error * (1 + (0.1 * (n % 3))));
            return watch.Look();
        }
    }

    [Fact]
    public void Look_FewForecastsSettled_WaitsForMore()
    {
        var metrics = new ForecasterMetrics();
        var watch = new DriftWatch(metrics);

        for (int n = 0; n < 1_000; n++)
        {
            Settle(metrics, lane: 0, count: 1, n % 32 == 0 ? 32 : 0); // each 32 have a mean of 1, alone they leap
            Assert.False(watch.Look());
        }
    }

    private static void Settle(ForecasterMetrics metrics, int lane, int count, double error)
    {
        LaneMetrics gauges = metrics.Lane(lane);
        gauges.Errors += count * error;
        gauges.Settled += count;
    }
}
