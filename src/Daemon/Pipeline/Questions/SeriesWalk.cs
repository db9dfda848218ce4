using Streaming.Inference.Series;

namespace Streaming.Daemon.Pipeline.Questions;

/// <summary>A walk over all series of a lane, in pieces between which the lane goes on: it keeps its place by row, so that
/// no piece costs more than another. Series that come meanwhile may be met or not; those of tasks that go are not.</summary>
/// <remarks>The lane's thread.</remarks>
internal sealed class SeriesWalk(LaneView lane)
{
    private const int PieceRows = 256;

    private readonly Queue<PartitionTask> tasks = new(lane.Tasks);
    private int next;

    /// <summary>The task whose series were met last.</summary>
    public PartitionTask? Task { get; private set; }

    /// <summary>Goes on by a piece.</summary>
    /// <param name="met">Gets the series of the piece, which all are of <see cref="Task"/>; none is possible.</param>
    /// <returns>False where all have been met.</returns>
    public bool TryContinue(List<SeriesState> met)
    {
        met.Clear();
        while (Task is null || next >= Task.Series.Rows.Count || !lane.Tasks.Contains(Task))
        {
            if (!tasks.TryDequeue(out PartitionTask? task))
            {
                return false;
            }

            (Task, next) = (task, 0);
        }

        SeriesRows rows = Task.Series.Rows;
        for (int end = Math.Min(next + PieceRows, rows.Count); next < end; next++)
        {
            if (rows[next] is { IsGone: false } series)
            {
                met.Add(series);
            }
        }

        return true;
    }
}
