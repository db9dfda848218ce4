namespace Streaming.Daemon.Pipeline.Questions;

/// <summary>How far the partitions of a lane are.</summary>
/// <param name="number">The lane's number.</param>
internal sealed class TasksQuestion(int number) : LaneQuestion<IReadOnlyList<TaskReport>>
{
    protected override bool TryAnswer(LaneView lane, out IReadOnlyList<TaskReport>? found)
    {
        found =
        [
            .. lane.Opening.Select(partition => new TaskReport(
                partition, number, "opening", "what it begins with is being read", null, lane.LogEnd(partition), null, 0, 0,
                null, 0)),
            .. lane.Tasks.Select(task => Of(task, lane.LogEnd(task.Partition))),
        ];
        return true;
    }

    private TaskReport Of(PartitionTask task, long? end)
    {
        string state = task.Reading.IsStopped ? "stopped" : task.IsReplaying ? "restoring" : "running";
        string? reason = task.Reading.IsStopped ? task.Reading.WhyStopped
            : task.IsReplaying ? "its log is read again up to where it was left" : null;
        DateTime? streamTime = task.StreamTimeTicks > 0 ? new(task.StreamTimeTicks, DateTimeKind.Utc) : null;
        return new(
            task.Partition, number, state, reason, task.NextOffset, end,
            end is { } known ? Math.Max(0, known - task.CommitOffset) : null, task.Series.Count,
            task.Series.ColdCount, streamTime, task.IsReplaying ? Math.Max(0, task.LiveFrom - task.NextOffset) : 0);
    }
}
