using System.Diagnostics;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Serving;

namespace Streaming.Daemon.Tuning;

/// <summary>Fine-tunes in the background, on a thread below the lanes' priority: a run at each interval, and one early
/// where live errors have grown.</summary>
/// <remarks>The lanes never wait for anything in here.</remarks>
internal sealed partial class TrainerService(
    ForecasterOptions options, TuningRun run, TuningControl control, VersionDesk desk, ForecasterMetrics metrics,
    ILogger<TrainerService> logger) : BackgroundService
{
    private const int LooksPerInterval = 30;

    private static readonly TimeSpan LeastLook = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostLook = TimeSpan.FromMinutes(1);

    private readonly DriftWatch drift = new(metrics);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (desk.MissingPin is { } pin)
        {
            LogPinMissing(pin, desk.Current.Name);
        }

        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => Run(done, stoppingToken))
        {
            Name = "trainer",
            IsBackground = true,
            Priority = ThreadPriority.BelowNormal,
        };
        thread.Start();
        return done.Task;
    }

    private void Run(TaskCompletionSource done, CancellationToken stopping)
    {
        try
        {
            while (WaitForRun(stopping))
            {
                if (!control.IsFrozen)
                {
                    run.Run(stopping);
                }
            }

            done.SetResult();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            done.SetResult();
        }
        catch (Exception e)
        {
            done.SetException(e);
        }
    }

    /// <summary>Waits for the interval to pass or for errors to grow; false where it is time to stop.</summary>
    private bool WaitForRun(CancellationToken stopping)
    {
        TimeSpan interval = options.Training.Interval;
        var look = TimeSpan.FromTicks(Math.Clamp(interval.Ticks / LooksPerInterval, LeastLook.Ticks, MostLook.Ticks));
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            TimeSpan left = interval - Stopwatch.GetElapsedTime(start);
            if (left <= TimeSpan.Zero)
            {
                return !stopping.IsCancellationRequested;
            }

            if (stopping.WaitHandle.WaitOne(left < look ? left : look))
            {
                return false;
            }

            if (drift.Look())
            {
                LogDrift();
                return true;
            }
        }
    }

    [LoggerMessage(204, LogLevel.Information, "Errors have grown: a training run starts early")]
    private partial void LogDrift();

    [LoggerMessage(205, LogLevel.Warning, "Version {Pin} is pinned but not here; {Version} stays in force")]
    private partial void LogPinMissing(int pin, string version);
}
