using Microsoft.Extensions.Time.Testing;
using Streaming.Daemon.Demo;

namespace Daemon.Tests.Demo;

public sealed class ReplayTests
{
    private readonly FakeTimeProvider clock = new();

    [Fact]
    public async Task RunAsync_WithAPace_SendsEachTickWhenItIsDue()
    {
        DueForecasts due = new(clock, TimeSpan.FromSeconds(10));
        List<TimeSpan> sentAt = [];
        long start = clock.GetTimestamp();
        Replay replay = new(Records(count: 5), stepsPerSecond: 2, due, clock);

        Task run = replay.RunAsync(_ => sentAt.Add(clock.GetElapsedTime(start)), CancellationToken.None);
        await AdvanceUntil(run, TimeSpan.FromMilliseconds(100));

        Assert.Equal([0, 0.5, 1, 1.5, 2], sentAt.Select(at => at.TotalSeconds));
        Assert.Equal(5, replay.Sent);
    }

    [Fact]
    public async Task RunAsync_NothingComesBack_StaysWithinTheBoundThenSaysWhatIsMissing()
    {
        DueForecasts due = new(clock, TimeSpan.FromSeconds(10));
        Replay replay = new(Records(count: 3 * Replay.MostDue), stepsPerSecond: double.PositiveInfinity, due, clock);

        Task run = replay.RunAsync(_ => { }, CancellationToken.None);
        await AdvanceUntil(run, TimeSpan.FromSeconds(1));

        var thrown = await Assert.ThrowsAsync<DemoException>(() => run);
        Assert.InRange(due.Count, Replay.MostDue, Replay.MostDue + 1);
        Assert.Contains($"{due.Count} forecasts are missing", thrown.Message, StringComparison.Ordinal);
        Assert.Contains($"s: {due.Count}", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ForecastsComeBack_SendsEverythingWithoutAPace()
    {
        DueForecasts due = new(clock, TimeSpan.FromSeconds(10));
        Replay replay = new(Records(count: 3 * Replay.MostDue), stepsPerSecond: double.PositiveInfinity, due, clock);

        await replay.RunAsync(
            record => due.Settle(record.Series, record.ClosedStep ?? -1), CancellationToken.None);

        Assert.Equal(3 * Replay.MostDue, replay.Sent);
        Assert.Equal(0, due.Count);
    }

    [Fact]
    public async Task RunAsync_Cancelled_Ends()
    {
        using CancellationTokenSource cancellation = new();
        Replay replay = new(Records(count: 9), 1, new(clock, TimeSpan.FromSeconds(10)), clock);

        Task run = replay.RunAsync(_ => { }, cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(1, replay.Sent);
    }

    [Fact]
    public async Task WaitAsync_SlowButSteadyReturn_NeverGivesUp()
    {
        DueForecasts due = new(clock, TimeSpan.FromSeconds(10));
        for (int step = 0; step < 8; step++)
        {
            due.Add("s", step);
        }

        Task wait = due.WaitAsync(0, CancellationToken.None);
        for (int step = 0; step < 8; step++)
        {
            await Advance(TimeSpan.FromSeconds(1), times: 9);
            Assert.False(wait.IsCompleted);
            due.Settle("s", step);
        }

        await AdvanceUntil(wait, TimeSpan.FromMilliseconds(2));
        await wait;
    }

    private static IEnumerable<ReplayRecord> Records(int count) => Enumerable.Range(0, count)
        .Select(i => new ReplayRecord(i, "s", new(DateTime.UnixEpoch.AddMinutes(i), i), i == 0 ? null : i - 1));

    private async Task AdvanceUntil(Task task, TimeSpan stride)
    {
        for (int i = 0; i < 10_000 && !task.IsCompleted; i++)
        {
            await Advance(stride, times: 1);
        }

        Assert.True(task.IsCompleted);
    }

    /// <summary>Lets time pass on a thread without a context, where what waits for it goes on before this returns.</summary>
    private Task Advance(TimeSpan stride, int times) => Task.Run(() =>
    {
        for (int i = 0; i < times; i++)
        {
            clock.Advance(stride);
        }
    });
}
