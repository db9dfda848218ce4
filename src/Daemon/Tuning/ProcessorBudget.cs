using System.Diagnostics;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Serving;

namespace Streaming.Daemon.Tuning;

/// <summary>Keeps the trainer to its share of a core, and below it while the lanes fall behind.</summary>
/// <remarks>One thread, the trainer's. Work comes in pieces of milliseconds; the rest that follows is their price.
/// </remarks>
internal sealed class ProcessorBudget(ForecasterOptions options, ForecasterMetrics metrics)
{
    private readonly LagBackoff backoff = new(options.Pipeline.GatherRecords);

    /// <summary>Lag is reported once a commit: looking more often would find it unchanged.</summary>
    private readonly TimeSpan lookInterval = 2 * options.Pipeline.CommitInterval;

    private long lastLook = Stopwatch.GetTimestamp();

    /// <summary>Works, then rests so long that work keeps to its share.</summary>
    /// <exception cref="OperationCanceledException">It is time to stop.</exception>
    public T Spend<T>(Func<T> work, CancellationToken stopping)
    {
        long start = Stopwatch.GetTimestamp();
        T result = work();
        TimeSpan worked = Stopwatch.GetElapsedTime(start);
        if (Stopwatch.GetElapsedTime(lastLook) >= lookInterval)
        {
            backoff.Look(metrics.LagRecords());
            lastLook = Stopwatch.GetTimestamp();
        }

        stopping.WaitHandle.WaitOne(worked * ((1 / (options.Training.CpuShare * backoff.Factor)) - 1));
        stopping.ThrowIfCancellationRequested();
        return result;
    }
}
