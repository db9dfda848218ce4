using Microsoft.Extensions.Time.Testing;
using Streaming.Daemon.Pipeline;

namespace Daemon.Tests.Pipeline;

public sealed class StorePaceTests
{
    private const double Queue = 32 << 20; // bytes, as a producer's
    private const int SeriesBytes = 8 << 10;

    private static readonly TimeSpan Transaction = TimeSpan.FromSeconds(15); // the default
    private static readonly TimeSpan Time = Transaction / 4;

    private readonly FakeTimeProvider clock = new();
    private readonly StorePace pace;

    public StorePaceTests() => pace = new(Time, clock);

    [Theory]
    [InlineData(0.4)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(200)]
    public void Commit_AnyRate_EndsInTimeAndUsesTheRate(double megabytesPerSecond)
    {
        double rate = megabytesPerSecond * 1e6, stored = 0, seconds = 0;
        for (int commit = 0; commit < 60; commit++)
        {
            (double bytes, TimeSpan took) = Commit(rate, series: 1_000_000);

            Assert.InRange(took, TimeSpan.Zero, Transaction * 0.9);
            (stored, seconds) = commit < 20 ? (0, 0) : (stored + bytes, seconds + took.TotalSeconds);
        }

        Assert.InRange(stored / seconds, 0.95 * rate, 1.05 * rate);
        Assert.InRange(seconds / 40, Time.TotalSeconds / 2, Time.TotalSeconds * 2.5);
    }

    [Fact]
    public void Commit_RateFalls_FailsAFewTimesAndGoesOn()
    {
        for (int commit = 0; commit < 20; commit++)
        {
            Commit(50e6, series: 1_000_000);
        }

        int failed = 0;
        for (int commit = 0; commit < 20; commit++)
        {
            failed += Commit(0.2e6, series: 1_000_000).Took > Transaction ? 1 : 0;
        }

        Assert.InRange(failed, 1, 6); // the queue's 32 MiB, halved until 3 MB are left
        Assert.InRange(Commit(0.2e6, series: 1_000_000).Took, TimeSpan.Zero, Transaction);
    }

    [Fact]
    public void Commit_LittleIsDue_BytesStay()
    {
        for (int commit = 0; commit < 10; commit++)
        {
            Commit(50e6, series: 10);
        }

        Assert.Equal(StorePace.FirstBytes, pace.Bytes);
    }

    [Fact]
    public void IsOver_FirstSeries_IsStoredWhateverIsLeft()
    {
        pace.Begin(TimeSpan.FromSeconds(-1));

        Assert.False(pace.IsOver());
        pace.Store(1);
        Assert.True(pace.IsOver());
    }

    [Fact]
    public void BeginTask_BytesAreShared_AndWhatOneLeavesOverTheNextHave()
    {
        pace.Begin(Time);
        pace.BeginTask(0, 4);
        pace.Store(pace.Bytes / 4);
        Assert.True(pace.IsOver());
        pace.BeginTask(1, 4);
        pace.BeginTask(2, 4);
        pace.Store(pace.Bytes / 4);
        Assert.False(pace.IsOver());
        pace.Store(pace.Bytes / 4);
        Assert.True(pace.IsOver());
    }

    [Fact]
    public void BeginTask_TimeIsShared()
    {
        pace.Begin(Time);
        pace.Store(1);
        pace.BeginTask(0, 3);
        Assert.False(pace.IsOver());
        clock.Advance(Time / 3);
        Assert.True(pace.IsOver());
        pace.BeginTask(1, 3);
        Assert.False(pace.IsOver());
        clock.Advance(Time * 2 / 3);
        pace.BeginTask(2, 3);
        Assert.True(pace.IsOver());
    }

    /// <summary>A commit to brokers of a rate: it waits while the queue is full, and at the end for all.</summary>
    private (double Bytes, TimeSpan Took) Commit(double bytesPerSecond, int series)
    {
        DateTimeOffset begun = clock.GetUtcNow();
        double queued = 0, bytes = 0;
        pace.Begin(Time * 2);
        for (int i = 0; i < series && !pace.IsOver(); i++)
        {
            pace.Store(SeriesBytes);
            (queued, bytes) = (queued + SeriesBytes, bytes + SeriesBytes);
            if (queued > Queue)
            {
                clock.Advance(TimeSpan.FromSeconds((queued - Queue) / bytesPerSecond));
                queued = Queue;
            }
        }

        clock.Advance(TimeSpan.FromSeconds(queued / bytesPerSecond));
        TimeSpan took = clock.GetUtcNow() - begun;
        if (took > Transaction)
        {
            pace.Failed();
        }
        else
        {
            pace.Acknowledged();
        }

        return (bytes, took);
    }
}
