using Streaming.Inference.Series;

namespace Inference.Tests.Series;

public sealed class CounterRateTests
{
    private static readonly long Start = RandomStream.Start;

    [Fact]
    public void TryNext_RisingTotals_GiveTheirRiseASecond()
    {
        Assert.Equal([null, 2, 0, 0.5], Rates((0, 100, 0), (10, 120, 0), (20, 120, 0), (30, 125, 0)));
    }

    [Fact]
    public void TryNext_TotalFalls_GivesNoRateAndGoesOnFromThere()
    {
        Assert.Equal([null, null, 1], Rates((0, 100, 0), (10, 5, 0), (20, 15, 0)));
    }

    [Fact]
    public void TryNext_NewStart_CountsFromZeroSinceThen()
    {
        Assert.Equal([null, 30, 2], Rates((5, 100, 1), (15, 150, 10), (25, 170, 10)));
    }

    [Fact]
    public void TryNext_NoNewerThanTheNewest_IsPartOfItsRate()
    {
        Assert.Equal([null, 2, null, null, 1], Rates((0, 100, 0), (10, 120, 0), (5, 110, 0), (10, 120, 0), (20, 130, 0)));
    }

    [Fact]
    public void TryNext_ResetThatCantBeDated_HasNoRate()
    {
        // the same start, a start that lies ahead, a start that was lost, a total below zero
        Assert.Equal([null, null], Rates((10, 100, 1), (20, 5, 1)));
        Assert.Equal([null, null], Rates((10, 100, 1), (20, 5, 30)));
        Assert.Equal([null, null], Rates((10, 100, 1), (20, 5, 0)));
        Assert.Equal([null, null], Rates((10, 100, 1), (20, -5, 15)));
    }

    [Theory]
    [InlineData("http_requests_total", ValueKind.Counter)]
    [InlineData("latency_seconds_count{path=/a_b}", ValueKind.Counter)]
    [InlineData("latency_seconds_sum{}", ValueKind.Counter)]
    [InlineData("latency_bucket{le=0.5}", ValueKind.Counter)]
    [InlineData("latency_bucket{job=x,le=0.5}", ValueKind.Counter)]
    [InlineData("latency_bucket{handle=0.5}", ValueKind.Gauge)]
    [InlineData("leaky_bucket", ValueKind.Gauge)]
    [InlineData("http_requests{unit=_total}", ValueKind.Gauge)]
    [InlineData("http_requests{x=y}_total", ValueKind.Gauge)]
    [InlineData("total", ValueKind.Gauge)]
    [InlineData("TOTAL_TOTAL", ValueKind.Gauge)]
    [InlineData("", ValueKind.Gauge)]
    public void OfName_EndOfTheName_TellsTheKind(string id, ValueKind expected) =>
        Assert.Equal(expected, ValueKinds.OfName(id));

    private static double?[] Rates(params (long Seconds, double Total, long StartSeconds)[] totals)
    {
        var counter = new CounterRate();
        return [.. totals.Select(t => counter.TryNext(
            new(Ticks(t.Seconds), t.Total, t.StartSeconds == 0 ? 0 : Ticks(t.StartSeconds)),
            out double rate) ? rate : (double?)null)];
    }

    private static long Ticks(long seconds) => Start + (seconds * TimeSpan.TicksPerSecond);
}
