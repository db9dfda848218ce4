using Streaming.Daemon.Pipeline;
using Streaming.Inference.Series;

namespace Streaming.Daemon.State;

/// <summary>Tells, while the log is read again from low water, what was there at each record: series are stored as of
/// different offsets, and the records before those are done for them.</summary>
/// <remarks>All records are decoded and move stream time, guard and the number of series; what is done leaves only the
/// series alone. Ends at the marker's committed offset, where the number must be that of the table.</remarks>
internal sealed class Replay
{
    private readonly Dictionary<byte[], Life[]> lives;
    private readonly Dictionary<byte[], Life[]>.AlternateLookup<ReadOnlySpan<byte>> livesById;
    private readonly Queue<long> deaths;
    private readonly HashSet<byte[]> bornNow = new(Utf8Comparer.Instance);

    public Replay(RestoredState state)
    {
        lives = new(state.Lives, Utf8Comparer.Instance);
        livesById = lives.GetAlternateLookup<ReadOnlySpan<byte>>();
        long lowWater = state.Marker.LowWater.Offset;
        deaths = new(lives.Values.SelectMany(l => l).Select(l => l.Died).Where(d => d >= lowWater).Order());
        SeriesCount = state.Marker.LowWater.SeriesCount;
        Until = state.Marker.Committed;
    }

    /// <summary>Offset of the first record that is not replayed.</summary>
    public long Until { get; }

    /// <summary>Series that were there at the record that is being read.</summary>
    public int SeriesCount { get; private set; }

    /// <summary>Whether a record is done for a series.</summary>
    /// <param name="series">What the table has under the id, or null.</param>
    /// <param name="id">Id of the series.</param>
    /// <param name="offset">Offset of the record.</param>
    public bool IsDone(SeriesState? series, ReadOnlySpan<byte> id, long offset) =>
        (series is not null && offset < SeriesIdentity.Of(series).AsOf)
        || (livesById.TryGetValue(id, out Life[]? ended) && offset <= ended[^1].Died);

    /// <summary>Whether a series for which a record is done was there before it.</summary>
    public bool WasThere(SeriesState? series, ReadOnlySpan<byte> id, long offset)
    {
        bool isBornNow = bornNow.Count > 0 && bornNow.Contains(id.ToArray());
        long before = isBornNow ? offset + 1 : offset;
        if (series is not null && SeriesIdentity.Of(series).Born < before)
        {
            return true;
        }

        return livesById.TryGetValue(id, out Life[]? ended)
            && Array.Exists(ended, life => life.Born < before && offset <= life.Died);
    }

    /// <summary>Counts a series in whose first record was this one; false where it was refused then.</summary>
    public bool TryBear(SeriesState? series, ReadOnlySpan<byte> id, long offset)
    {
        bool isBorn = (series is not null && SeriesIdentity.Of(series).Born == offset)
            || (livesById.TryGetValue(id, out Life[]? ended) && Array.Exists(ended, life => life.Born == offset));
        if (isBorn)
        {
            bornNow.Add(id.ToArray());
            SeriesCount++;
        }

        return isBorn;
    }

    /// <summary>A series was made, or let go, by the replay itself.</summary>
    public void Count(int change) => SeriesCount += change;

    /// <summary>A record has been read: what ended with it is counted out.</summary>
    public void EndRecord(long offset)
    {
        bornNow.Clear();
        while (deaths.TryPeek(out long died) && died <= offset)
        {
            deaths.Dequeue();
            SeriesCount--;
        }
    }
}
