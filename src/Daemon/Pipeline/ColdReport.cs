using Streaming.Inference.Series;

namespace Streaming.Daemon.Pipeline;

/// <summary>Tells metrics and log how many series are cold, and how far they are: why there is no forecast to rely on
/// yet.</summary>
/// <remarks>Counting takes a walk over all series, so it is done every 10 s, and a partition is in the log at most once
/// an hour, from when it publishes and as long as it has cold series. Not thread-safe: one per lane.</remarks>
internal sealed partial class ColdReport(LaneInstruments instruments, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan CountInterval = TimeSpan.FromSeconds(10);

    private readonly HourlyNote hourly = new(clock);
    private long? counted;

    /// <summary>Counts, where it is time.</summary>
    public void Look(PartitionTask[] tasks)
    {
        if (counted is { } then && clock.GetElapsedTime(then) < CountInterval)
        {
            return;
        }

        counted = clock.GetTimestamp();
        long cold = 0;
        foreach (PartitionTask task in tasks)
        {
            (int series, SeriesProgress furthest) = task.Series.Cold();
            cold += series;
            if (series > 0 && !task.IsReplaying && hourly.IsDue(task.Partition))
            {
                LogCold(task.Partition, series, task.Series.Count, furthest);
            }
        }

        instruments.Cold(cold);
    }

    [LoggerMessage(126, LogLevel.Information,
        "Partition {Partition}: {Cold} of {Series} series are cold, the furthest: {Progress}")]
    private partial void LogCold(int partition, int cold, int series, SeriesProgress progress);
}
