namespace Streaming.Inference.Series;

/// <summary>Series that wait for a deadline in stream time which moves as they are heard of.</summary>
/// <remarks>
/// Each waits once, at a deadline that may have been put off since: it is looked at again when that has passed. A pure
/// function of the log. Not thread-safe.
/// </remarks>
/// <param name="deadlineOf">Deadline of a series as it now stands, in ticks.</param>
internal sealed class StreamTimeWatch(Func<SeriesState, long> deadlineOf)
{
    private readonly PriorityQueue<SeriesState, long> waiting = new();

    /// <summary>Lets a series wait that does not yet.</summary>
    public void Add(SeriesState series) => waiting.Enqueue(series, deadlineOf(series));

    /// <summary>Takes a series whose deadline has come; it no longer waits.</summary>
    /// <param name="streamTimeTicks">Stream time, in ticks.</param>
    /// <param name="series">The series, where there is one.</param>
    public bool TryTake(long streamTimeTicks, out SeriesState series)
    {
        while (waiting.TryPeek(out series!, out long deadline) && deadline <= streamTimeTicks)
        {
            waiting.Dequeue();
            long now = deadlineOf(series);
            if (now <= streamTimeTicks)
            {
                return true;
            }

            waiting.Enqueue(series, now);
        }

        return false;
    }
}
