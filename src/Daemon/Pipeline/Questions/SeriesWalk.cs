using Streaming.Inference.Series;

namespace Streaming.Daemon.Pipeline.Questions;

/// <summary>A walk over all series of a lane, in pieces between which the lane goes on: series that come meanwhile are left
/// out, those that go are passed over.</summary>
internal sealed class SeriesWalk
{
    private const int PieceSeries = 256;

    private readonly Queue<int> partitions;
    private SeriesState[] series = [];
    private PartitionTask? task;
    private int next;

    public SeriesWalk(LaneView lane) => partitions = new(lane.Tasks.Select(task => task.Partition));

    /// <summary>Visits some more series.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="visit">Called with each.</param>
    /// <returns>Whether all have been visited.</returns>
    public bool TryContinue(LaneView lane, Action<PartitionTask, SeriesState, LaneView> visit)
    {
        if (next == series.Length)
        {
            return !TryNextTask(lane);
        }

        int end = Math.Min(next + PieceSeries, series.Length);
        for (; next < end; next++)
        {
            if (!series[next].IsGone)
            {
                visit(task!, series[next], lane);
            }
        }

        return false;
    }

    private bool TryNextTask(LaneView lane)
    {
        while (partitions.TryDequeue(out int partition))
        {
            task = lane.Tasks.FirstOrDefault(one => one.Partition == partition);
            if (task is not null)
            {
                (series, next) = (task.Series.ToArray(), 0);
                return true;
            }
        }

        return false;
    }
}
