using Streaming.Daemon.Pipeline;
using Streaming.Inference.Series;

namespace Streaming.Daemon.State;

/// <summary>The fuzzy checkpoint of one task: which series are stored as of when, and from where a replay makes the rest
/// again.</summary>
/// <remarks>
/// Each commit writes the series that have waited longest, until the first of the queue has changed within the interval
/// or the bytes are spent. The low-water offset is that of the first one left, rounded down to a commit, of which the
/// snapshot is kept. So commits stay small, whatever the number of series, and the log is replayed over about one
/// interval. Kept are the snapshots of the commits since low water: about interval ÷ commit interval. Nothing changes
/// before <see cref="Done"/>: what was written by a commit that failed is written again by the next.
/// </remarks>
internal sealed class Checkpoint
{
    private const long Unset = -1; // until the first commit

    private readonly DirtyQueue dirty = new();
    private readonly Graveyard graves = new();
    private readonly List<(TaskSnapshot Task, long Ms)> commits = [];
    private IReadOnlyList<StoredKeys> dropped;
    private CheckpointSlice? slice;

    /// <param name="lowWater">The task where a replay begins, which it is about to do, or where it starts.</param>
    /// <param name="lives">Lives that ended since, that were read back.</param>
    /// <param name="dropped">What is stored and not gone on with: it goes with the first commit.</param>
    public Checkpoint(
        TaskSnapshot lowWater, IReadOnlyDictionary<byte[], Life[]> lives, IReadOnlyList<StoredKeys> dropped)
    {
        this.dropped = dropped;
        commits.Add((lowWater, Unset));
        foreach ((byte[] id, Life life) in
            lives.SelectMany(l => l.Value.Select(life => (l.Key, Life: life))).OrderBy(l => l.Life.Died))
        {
            graves.Add(id, life);
        }
    }

    /// <summary>The task where a replay begins.</summary>
    public TaskSnapshot LowWater => commits[0].Task;

    /// <summary>Whether all is written and low water is where the task is, at an offset.</summary>
    public bool IsClean(long nextOffset) => dirty.Count == 0 && dropped.Count == 0 && LowWater.Offset == nextOffset;

    /// <summary>How long ago low water was committed, in ms.</summary>
    public long AgeMs(long nowMs) => nowMs - commits[0].Ms;

    /// <summary>Whether a series has waited for longer than an interval.</summary>
    public bool IsDue(long nowMs, long intervalMs) => dirty.FirstOffset < DueOffset(nowMs, intervalMs);

    /// <summary>A record has changed a series.</summary>
    public void Mark(SeriesState series, long offset) => dirty.Mark(series, offset);

    /// <summary>A record has let a series go.</summary>
    public void Bury(SeriesState series, long offset)
    {
        SeriesIdentity.Of(series).Died = offset;
        dirty.Mark(series, offset);
    }

    /// <summary>Writes the series that have waited for longer than an interval, and what no replay needs any more.</summary>
    /// <param name="publisher">Receives the records.</param>
    /// <param name="now">The task as it is: no step is pending.</param>
    /// <param name="turn">Tells when, and when to stop; told how much is written.</param>
    /// <param name="intervalMs">The interval; 0: all are written.</param>
    /// <param name="budgetBytes">Bytes to write, about.</param>
    /// <returns>Low water, once that is committed.</returns>
    public TaskSnapshot Write(
        StatePublisher publisher, TaskSnapshot now, StoreTurn turn, long intervalMs, long budgetBytes)
    {
        long nowMs = turn.NowMs;
        commits[0] = commits[0].Ms == Unset ? (LowWater, nowMs) : commits[0];
        long due = intervalMs == 0 ? now.Offset : DueOffset(nowMs, intervalMs); // at once: also what no commit has seen yet
        long stop = publisher.Bytes + budgetBytes;
        slice = new CheckpointSlice(now, nowMs, graves, dropped);
        foreach ((SeriesState series, long offset) in dirty.Entries)
        {
            if (offset >= due || publisher.Bytes >= stop || turn.Pace.IsOver())
            {
                break;
            }

            long before = publisher.Bytes;
            slice.Write(publisher, series);
            turn.Pace.Store(publisher.Bytes - before);
        }

        slice.LowWater = RoundDown(dirty.OffsetAt(slice.Series), now);
        slice.WriteLives(publisher);
        return slice.LowWater;
    }

    /// <summary>Writes, after the marker, that series of this slice are gone: at least once, none is before it is.</summary>
    public void WriteGone(StatePublisher publisher) => slice!.WriteGone(publisher);

    /// <summary>What was written last is committed.</summary>
    public void Done()
    {
        CheckpointSlice done = slice ?? throw new InvalidOperationException("Nothing was written.");
        (slice, dropped) = (null, []);
        dirty.Remove(done.Series);
        commits.Add((done.Now, done.NowMs));
        commits.RemoveRange(0, commits.FindLastIndex(commit => ReferenceEquals(commit.Task, done.LowWater)));
        graves.Bury(done.Ended, LowWater.Offset);
    }

    /// <summary>Offset of the last commit that is an interval ago.</summary>
    private long DueOffset(long nowMs, long intervalMs) =>
        commits.FindLast(commit => commit.Ms <= nowMs - intervalMs).Task?.Offset ?? long.MinValue;

    /// <summary>The last commit at or before the offset of the first series left.</summary>
    private TaskSnapshot RoundDown(long firstLeft, TaskSnapshot now) =>
        now.Offset <= firstLeft ? now : commits.FindLast(commit => commit.Task.Offset <= firstLeft).Task;
}
