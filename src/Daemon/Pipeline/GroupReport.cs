using Streaming.Inference.Experts;

namespace Streaming.Daemon.Pipeline;

/// <summary>Says in the log that a group is not in one partition, or that some of its series are not there: the others are
/// forecast without them.</summary>
/// <remarks>Once an hour for a group and partition, as long as it is so. Not thread-safe: one per lane.</remarks>
internal sealed partial class GroupReport(TimeProvider clock, ILogger logger)
{
    private readonly Dictionary<int, HourlyNote> hourly = []; // by group

    /// <summary>Looks at the groups of the tasks that publish.</summary>
    public void Look(IReadOnlyCollection<PartitionTask> tasks)
    {
        foreach (PartitionTask task in tasks)
        {
            for (int number = 0; number < task.Series.Groups.All.Count && !task.IsReplaying; number++)
            {
                Look(task.Partition, number, task.Series.Groups.All[number]);
            }
        }
    }

    private void Look(int partition, int number, SeriesGroup group)
    {
        if (group.KnownCount == 0 || group.HeardCount == group.Count)
        {
            return;
        }

        if (!hourly.TryGetValue(number, out HourlyNote? note))
        {
            hourly[number] = note = new(clock);
        }

        if (note.IsDue(partition))
        {
            LogAbsent(partition, number, group.HeardCount, group.Count);
        }
    }

    [LoggerMessage(570, LogLevel.Warning,
        "Partition {Partition} has {Heard} of the {Members} series of group {Group}: they are forecast without the others. "
        + "The series of a group must come through one partition")]
    private partial void LogAbsent(int partition, int group, int heard, int members);
}
