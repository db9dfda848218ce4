using Streaming.Daemon.Pipeline;
using Streaming.Inference.Series;

namespace Streaming.Daemon.State;

/// <summary>The series of a task that have changed since they were last written, the longest waiting first.</summary>
/// <remarks>A series waits once, at the offset that made it dirty; once it is written, the next change lets it wait
/// anew. At most as long as the task has series, and those that have gone since.</remarks>
internal sealed class DirtyQueue
{
    private readonly Queue<Entry> entries = new();

    public int Count => entries.Count;

    /// <summary>Offset that made the first one dirty; long.MaxValue where none waits.</summary>
    public long FirstOffset => entries.TryPeek(out Entry first) ? first.Offset : long.MaxValue;

    /// <summary>Lets a series wait that does not yet.</summary>
    /// <param name="series">The series.</param>
    /// <param name="offset">Offset of the record that changed it; not before that of the last one.</param>
    public void Mark(SeriesState series, long offset)
    {
        SeriesIdentity identity = SeriesIdentity.Of(series);
        if (!identity.IsDirty)
        {
            identity.IsDirty = true;
            entries.Enqueue(new(series, offset));
        }
    }

    /// <summary>Takes the first one, which is clean then.</summary>
    public SeriesState Take()
    {
        SeriesState series = entries.Dequeue().Series;
        SeriesIdentity.Of(series).IsDirty = false;
        return series;
    }

    private readonly record struct Entry(SeriesState Series, long Offset);
}
