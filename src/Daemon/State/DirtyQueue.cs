using Streaming.Daemon.Pipeline;
using Streaming.Inference.Series;

namespace Streaming.Daemon.State;

/// <summary>The series of a task that have changed since they were last written, the longest waiting first.</summary>
/// <remarks>A series waits once, at the offset that made it dirty; once it is written, the next change lets it wait
/// anew. At most as long as the task has series, and those that have gone since.</remarks>
internal sealed class DirtyQueue
{
    private readonly Queue<(SeriesState Series, long Offset)> entries = new();

    public int Count => entries.Count;

    /// <summary>Offset that made the first one dirty; long.MaxValue where none waits.</summary>
    public long FirstOffset => OffsetAt(0);

    /// <summary>All that wait, with the offsets that made them dirty.</summary>
    public IEnumerable<(SeriesState Series, long Offset)> Entries => entries;

    /// <summary>Offset that made the one of a place dirty; long.MaxValue where none waits there.</summary>
    public long OffsetAt(int place)
    {
        if (place >= entries.Count)
        {
            return long.MaxValue;
        }

        return place == 0 ? entries.Peek().Offset : entries.ElementAt(place).Offset;
    }

    /// <summary>Lets a series wait that does not yet.</summary>
    /// <param name="series">The series.</param>
    /// <param name="offset">Offset of the record that changed it; not before that of the last one.</param>
    public void Mark(SeriesState series, long offset)
    {
        SeriesIdentity identity = SeriesIdentity.Of(series);
        if (!identity.IsDirty)
        {
            identity.IsDirty = true;
            entries.Enqueue((series, offset));
        }
    }

    /// <summary>Forgets the first ones: they are written.</summary>
    public void Remove(int count)
    {
        for (; count > 0; count--)
        {
            SeriesIdentity.Of(entries.Dequeue().Series).IsDirty = false;
        }
    }
}
