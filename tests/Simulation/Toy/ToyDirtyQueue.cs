namespace Simulation.Toy;

/// <summary>Series whose state in the topic is old, by the offset that made it so.</summary>
/// <remarks>A series has one place at most, also when it dies and comes back meanwhile.</remarks>
internal sealed class ToyDirtyQueue
{
    private readonly List<(int Series, long Offset)> entries = []; // offsets ascend
    private readonly HashSet<int> waiting = [];

    public int Count => entries.Count;

    public int SeriesAt(int place) => entries[place].Series;

    /// <summary>Offset that made the series at a place dirty; long.MaxValue behind the last.</summary>
    public long OffsetAt(int place) => place < entries.Count ? entries[place].Offset : long.MaxValue;

    public void Touch(int series, long offset)
    {
        if (waiting.Add(series))
        {
            entries.Add((series, offset));
        }
    }

    /// <summary>The states of the first so many series are committed.</summary>
    public void Remove(int count)
    {
        for (int i = 0; i < count; i++)
        {
            waiting.Remove(entries[i].Series);
        }

        entries.RemoveRange(0, count);
    }
}
