using System.Diagnostics;
using Benchmarks.Pipeline;
using Streaming.Daemon.Configuration;

namespace Benchmarks.Checkpoint;

/// <summary>One arm, once: a daemon that catches up with the log, watched from when it stores steadily.</summary>
/// <param name="RecordsPerSecond">Forecasts committed, a second.</param>
/// <param name="StateBytesPerSecond">Bytes of the state topic, keys included, a second of the daemon's life.</param>
internal sealed record CheckpointRound(double RecordsPerSecond, double StateBytesPerSecond)
{
    /// <param name="brokers">Where the workload is.</param>
    /// <param name="arm">How to deliver and store.</param>
    /// <param name="settle">Time after the first forecasts until a steady rate is taken for granted: more than a checkpoint
    /// interval.</param>
    /// <param name="window">Time that is measured.</param>
    /// <param name="all">Forecasts that the log calls for.</param>
    public static async Task<CheckpointRound> RunAsync(
        Brokers brokers, CheckpointArm arm, TimeSpan settle, TimeSpan window, int all)
    {
        await using DaemonUnderTest daemon =
            await DaemonUnderTest.StartAsync(brokers, TrainingMode.Off, cloudEvents: true, arm.State);
        await UntilAsync(() => daemon.Published > 0);
        long begun = Stopwatch.GetTimestamp();
        await UntilAsync(() => Stopwatch.GetElapsedTime(begun) > settle || daemon.Published >= all);
        (double before, long start) = (daemon.Published, Stopwatch.GetTimestamp());
        await UntilAsync(() => Stopwatch.GetElapsedTime(start) > window || daemon.Published >= all);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds, published = daemon.Published - before;
        if (seconds < window.TotalSeconds / 2 || published == 0)
        {
            throw new InvalidOperationException($"{published:N0} records of {all:N0} in {seconds:0} s of the window: give more --steps.");
        }

        using var topic = new StateTopicUnderTest(daemon.Options);
        return new(published / seconds, topic.Bytes() / Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            await Task.Delay(50);
        }
    }
}
