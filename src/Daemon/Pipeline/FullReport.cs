namespace Streaming.Daemon.Pipeline;

/// <summary>Says in the log that a partition is full: each series that it refuses is a dead letter, but what to do about
/// it is the same for all.</summary>
internal sealed partial class FullReport(string limit, TimeProvider clock, ILogger logger)
{
    private readonly HourlyNote hourly = new(clock);

    /// <summary>A partition has refused a new series.</summary>
    public void Refused(PartitionTask task)
    {
        if (hourly.IsDue(task.Partition))
        {
            LogFull(task.Partition, task.Series.Count, limit);
        }
    }

    [LoggerMessage(129, LogLevel.Warning,
        "Partition {Partition} is full: it has {Series} series, which is what {Limit} allows. New ones are refused "
        + "(series-limit) until others are forgotten (Series:IdleAfter) or there is more room")]
    private partial void LogFull(int partition, int series, string limit);
}
