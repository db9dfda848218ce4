using System.Diagnostics;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Models;
using Streaming.Daemon.Serving;

namespace Streaming.Daemon.Tuning;

/// <summary>Fine-tunes in the background, on a thread below the lanes' priority, while this process has the trainer's
/// seat: a run at each interval, and one early where live errors have grown.</summary>
/// <remarks>The lanes never wait for anything in here. A term begins from the version in force; what the challenger had
/// learnt in the term before is lost with it.</remarks>
internal sealed partial class TrainerService(
    ForecasterOptions options, TrainerSeat seat, OpenDesk open, VersionInForce inForce, TuningFactory runs,
    TuningControl control, ForecasterMetrics metrics, ILogger<TrainerService> logger) : BackgroundService
{
    private const int LooksPerInterval = 30;

    private static readonly TimeSpan LeastLook = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostLook = TimeSpan.FromMinutes(1);

    private readonly DriftWatch drift = new(metrics);

    /// <summary>Who was overtaken while it stood still has heard of it by then, if it no longer has the seat.</summary>
    private readonly TimeSpan restAfterLoss = 2 * options.Kafka.SessionTimeout;

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
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
            while (!stopping.IsCancellationRequested)
            {
                Attend(stopping);
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

    /// <summary>Serves a term, if one runs, to its end; looks again later if not.</summary>
    private void Attend(CancellationToken stopping)
    {
        long term = seat.Term;
        if (term == 0)
        {
            stopping.WaitHandle.WaitOne(LeastLook);
            return;
        }

        try
        {
            Serve(term, stopping);
        }
        catch (PublisherLostException e)
        {
            LogLost(e.Message, restAfterLoss.TotalSeconds);
            long start = Stopwatch.GetTimestamp();
            while (seat.Term == term && Stopwatch.GetElapsedTime(start) < restAfterLoss)
            {
                stopping.WaitHandle.WaitOne(LeastLook);
                stopping.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // The term was over before the desk was open.
        }
    }

    private void Serve(long term, CancellationToken stopping)
    {
        using VersionDesk desk = open(pause =>
        {
            stopping.WaitHandle.WaitOne(pause);
            stopping.ThrowIfCancellationRequested();
            if (seat.Term != term)
            {
                throw new OperationCanceledException("The term is over.");
            }
        });
        LogBegins(desk.Current.Name);
        TuningRun run = runs.Create(inForce.Current!.Parameters(), desk);
        while (WaitForRun(term, stopping) && !desk.IsOvertaken)
        {
            if (!control.IsFrozen)
            {
                run.Run(stopping);
            }
        }

        LogEnds();
    }

    /// <summary>Waits for the interval to pass or for errors to grow; false where it is time to stop.</summary>
    private bool WaitForRun(long term, CancellationToken stopping)
    {
        TimeSpan interval = options.Training.Interval;
        var look = TimeSpan.FromTicks(Math.Clamp(interval.Ticks / LooksPerInterval, LeastLook.Ticks, MostLook.Ticks));
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            TimeSpan left = interval - Stopwatch.GetElapsedTime(start);
            if (left <= TimeSpan.Zero)
            {
                return seat.Term == term && !stopping.IsCancellationRequested;
            }

            if (stopping.WaitHandle.WaitOne(left < look ? left : look) || seat.Term != term)
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

    [LoggerMessage(206, LogLevel.Information, "This process trains from now on, beginning from {Version}")]
    private partial void LogBegins(string version);

    [LoggerMessage(207, LogLevel.Information,
        "Training ends here: the partition went to another process, or another version was put in force")]
    private partial void LogEnds();

    [LoggerMessage(208, LogLevel.Warning,
        "Training ends here, forecasts go on: versions can't be published any more: {Reason}. It begins again with the "
        + "next assignment, or where this process still has the partition in {Seconds} s")]
    private partial void LogLost(string reason, double seconds);
}
