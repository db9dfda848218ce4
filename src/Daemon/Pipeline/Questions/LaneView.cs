using Streaming.Inference.Experts;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Pipeline.Questions;

/// <summary>What a lane lets questions read, on its own thread: series are as their last step left them.</summary>
/// <param name="tasks">The lane's tasks.</param>
/// <param name="settings">What all series share.</param>
/// <param name="plans">Experts of each kind of series, in the order of the rules.</param>
/// <param name="history">What is remembered of series.</param>
/// <param name="logEnd">Offset after the last record of a partition; negative while unknown.</param>
internal sealed class LaneView(
    PartitionTable<PartitionTask> tasks, ForecasterSettings settings, ExpertPlan[] plans, SeriesHistory history,
    Func<int, long> logEnd)
{
    /// <summary>Tasks that have begun.</summary>
    public IReadOnlyCollection<PartitionTask> Tasks => tasks.All;

    /// <summary>Partitions whose tasks have not begun.</summary>
    public IReadOnlyCollection<int> Opening => tasks.Opening;

    public ForecasterSettings Settings => settings;

    public SeriesHistory History => history;

    /// <summary>Reads what was forecast last.</summary>
    public SeriesOutlook Outlook { get; } = new(settings);

    /// <summary>Names of the experts of a series, [E].</summary>
    public ReadOnlySpan<string> ExpertsOf(SeriesState series) => plans[SeriesIdentity.Of(series).Kind].Names;

    /// <summary>The offset after the last record of a partition; null while unknown.</summary>
    public long? LogEnd(int partition) => logEnd(partition) is >= 0 and var end ? end : null;

    /// <summary>The task that has a series, and the series; null where this lane has none of that id.</summary>
    public (PartitionTask Task, SeriesState Series)? Find(ReadOnlySpan<byte> id)
    {
        foreach (PartitionTask task in tasks.All)
        {
            if (task.Series.Find(id) is { } found)
            {
                return (task, found);
            }
        }

        return null;
    }
}
