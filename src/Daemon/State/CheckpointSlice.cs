using Streaming.Daemon.Pipeline;
using Streaming.Inference.Series;

namespace Streaming.Daemon.State;

/// <summary>What one commit writes of a checkpoint: the series at the head of the queue, and the ends of lives.</summary>
/// <param name="now">The task at the commit.</param>
/// <param name="nowMs">When that was.</param>
/// <param name="graves">Ends that are stored.</param>
/// <param name="dropped">Series whose records are to go, though no record of the log has ended them.</param>
internal sealed class CheckpointSlice(
    TaskSnapshot now, long nowMs, Graveyard graves, IEnumerable<StoredKeys> dropped)
{
    private readonly List<(byte[] Id, Life Life)> ended = [];
    private readonly Dictionary<byte[], StoredParts> gone =
        dropped.ToDictionary(series => series.Id, series => series.Parts, Utf8Comparer.Instance);

    public TaskSnapshot Now { get; } = now;

    public long NowMs { get; } = nowMs;

    /// <summary>Series written so far.</summary>
    public int Series { get; private set; }

    /// <summary>Lives that have ended among them, in the order of their ends.</summary>
    public IReadOnlyList<(byte[] Id, Life Life)> Ended => ended;

    /// <summary>The task where a replay begins once this is committed.</summary>
    public TaskSnapshot LowWater { get; set; } = now;

    /// <summary>Writes the next series of the queue.</summary>
    public void Write(StatePublisher publisher, SeriesState series)
    {
        Series++;
        SeriesIdentity identity = SeriesIdentity.Of(series);
        if (gone.Remove(identity.Id, out StoredParts before))
        {
            identity.Parts = identity.Parts.Or(before); // the id lives again, or has since
        }

        if (!series.IsGone)
        {
            publisher.Write(series, Now.Offset);
            return;
        }

        ended.Add((identity.Id, new(identity.Born, identity.Died)));
        gone[identity.Id] = identity.Parts;
    }

    /// <summary>Writes that series are gone.</summary>
    public void WriteGone(StatePublisher publisher)
    {
        foreach ((byte[] id, StoredParts parts) in gone)
        {
            publisher.WriteGone(new(id, parts));
        }
    }

    /// <summary>Writes the lives of the series whose lives have changed: one has ended, or is of no use any more.</summary>
    public void WriteLives(StatePublisher publisher)
    {
        var changed = new HashSet<byte[]>(ended.Select(end => end.Id), Utf8Comparer.Instance);
        changed.UnionWith(graves.EndedBefore(LowWater.Offset));
        foreach (byte[] id in changed)
        {
            publisher.Write(id, [.. LivesOf(id).Where(life => life.Died >= LowWater.Offset)]);
        }
    }

    private IEnumerable<Life> LivesOf(byte[] id) =>
        graves.Of(id).Concat(ended.Where(end => end.Id.AsSpan().SequenceEqual(id)).Select(end => end.Life));
}
