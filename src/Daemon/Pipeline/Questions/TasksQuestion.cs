namespace Streaming.Daemon.Pipeline.Questions;

/// <summary>How far the partitions of a lane are; a piece of work counts some hundreds of series.</summary>
/// <param name="number">The lane's number.</param>
internal sealed class TasksQuestion(int number) : LaneQuestion<IReadOnlyList<TaskReport>>
{
    private SeriesWalk? walk;
    private readonly Dictionary<int, int> cold = [];

    protected override bool TryAnswer(LaneView lane, out IReadOnlyList<TaskReport>? found)
    {
        found = null;
        walk ??= new(lane);
        if (!walk.TryContinue(lane, Count))
        {
            return false;
        }

        found =
        [
            .. lane.Opening.Select(partition => new TaskReport(
                partition, number, "opening", "what it begins with is being read", null, lane.LogEnd(partition), null, 0, 0,
                null, 0)),
            .. lane.Tasks.Select(task => Of(task, lane.LogEnd(task.Partition))),
        ];
        return true;
    }

    private void Count(PartitionTask task, Inference.Series.SeriesState series, LaneView lane)
    {
        if (Inference.Series.SeriesProgress.Of(series, lane.Settings).Status == Inference.Series.SeriesStatus.Cold)
        {
            cold[task.Partition] = cold.GetValueOrDefault(task.Partition) + 1;
        }
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
            cold.GetValueOrDefault(task.Partition), streamTime,
            task.IsReplaying ? Math.Max(0, task.LiveFrom - task.NextOffset) : 0);
    }
}
