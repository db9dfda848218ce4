using Streaming.Daemon.Pipeline;
using Streaming.Inference.Series;

namespace Streaming.Daemon.State;

/// <summary>The fuzzy checkpoint of one task: which series are stored as of when, and from where a replay makes the rest
/// again.</summary>
/// <remarks>
/// Each commit writes the series that have waited longest, until the first of the queue has changed within the interval
/// or the bytes are spent. The low-water offset is that of the first one left, rounded down to a commit, of which the
/// snapshot is kept. So commits stay small, whatever the number of series, and the log is replayed over about one
/// interval. Kept are the snapshots of the commits since low water: about interval ÷ commit interval.
/// </remarks>
internal sealed class Checkpoint
{
    private readonly DirtyQueue dirty = new();
    private readonly Graveyard graves = new();
    private readonly List<(TaskSnapshot Task, long Ms)> commits = [];

    /// <param name="lowWater">The task where a replay begins, which it is about to do, or where it starts.</param>
    /// <param name="lives">Lives that ended since, that were read back.</param>
    /// <param name="nowMs">Now, in ms of the clock of commits.</param>
    public Checkpoint(TaskSnapshot lowWater, IReadOnlyDictionary<byte[], Life[]> lives, long nowMs)
    {
        commits.Add((lowWater, nowMs));
        foreach ((byte[] id, Life life) in
            lives.SelectMany(l => l.Value.Select(life => (l.Key, Life: life))).OrderBy(l => l.Life.Died))
        {
            graves.Add(id, life);
        }
    }

    /// <summary>The task where a replay begins.</summary>
    public TaskSnapshot LowWater => commits[0].Task;

    /// <summary>Series that wait to be written.</summary>
    public int DirtyCount => dirty.Count;

    /// <summary>Whether all is written: low water is where the task is.</summary>
    public bool IsClean => dirty.Count == 0 && commits.Count == 1;

    /// <summary>How long ago low water was committed, in ms.</summary>
    public long AgeMs(long nowMs) => nowMs - commits[0].Ms;

    /// <summary>A record has changed a series.</summary>
    public void Mark(SeriesState series, long offset) => dirty.Mark(series, offset);

    /// <summary>A record has let a series go.</summary>
    public void Bury(SeriesState series, long offset)
    {
        SeriesIdentity.Of(series).Died = offset;
        dirty.Mark(series, offset);
    }

    /// <summary>Writes the series that have waited for longer than an interval, and forgets what no replay needs.</summary>
    /// <param name="publisher">Receives the records.</param>
    /// <param name="now">The task as it is: no step is pending.</param>
    /// <param name="nowMs">Now.</param>
    /// <param name="intervalMs">The interval; 0: all are written.</param>
    /// <param name="budgetBytes">Bytes to write, about.</param>
    public void Write(StatePublisher publisher, TaskSnapshot now, long nowMs, long intervalMs, long budgetBytes)
    {
        commits.Add((now, nowMs));
        long due = commits.FindLast(commit => commit.Ms <= nowMs - intervalMs).Task?.Offset ?? long.MinValue;
        long stop = publisher.Bytes + budgetBytes;
        while (dirty.FirstOffset < due && publisher.Bytes < stop)
        {
            Store(publisher, dirty.Take(), now.Offset);
        }

        int lowWater = commits.FindLastIndex(commit => commit.Task.Offset <= Math.Min(dirty.FirstOffset, now.Offset));
        commits.RemoveRange(0, lowWater);
        while (graves.TryForget(LowWater.Offset, out byte[] id))
        {
            publisher.Write(id, graves.Of(id));
        }
    }

    private void Store(StatePublisher publisher, SeriesState series, long asOf)
    {
        if (!series.IsGone)
        {
            publisher.Write(series, asOf);
            return;
        }

        SeriesIdentity identity = SeriesIdentity.Of(series);
        graves.Add(identity.Id, new(identity.Born, identity.Died));
        publisher.WriteGone(identity.Id);
        publisher.Write(identity.Id, graves.Of(identity.Id));
    }
}
