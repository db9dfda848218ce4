using Streaming.Daemon.Pipeline;

namespace Streaming.Daemon.State;

/// <summary>Lives whose end is stored and lies at or after the low-water offset: a replay from there has to know them. An
/// end that is not stored yet, the replay finds by itself.</summary>
/// <remarks>At most as many as series were let go within a checkpoint interval.</remarks>
internal sealed class Graveyard
{
    private readonly Dictionary<byte[], List<Life>> lives = new(Utf8Comparer.Instance);
    private readonly Queue<(byte[] Id, long Died)> order = new();

    /// <summary>The lives of an id, in their order.</summary>
    public IReadOnlyList<Life> Of(byte[] id) => lives.TryGetValue(id, out List<Life>? found) ? found : [];

    /// <summary>Ids of which a life has ended before an offset.</summary>
    public IEnumerable<byte[]> EndedBefore(long lowWater) =>
        order.TakeWhile(end => end.Died < lowWater).Select(end => end.Id);

    /// <summary>Notes an end; all in their order.</summary>
    public void Add(byte[] id, Life life)
    {
        if (!lives.TryGetValue(id, out List<Life>? found))
        {
            lives.Add(id, found = []);
        }

        found.Add(life);
        order.Enqueue((id, life.Died));
    }

    /// <summary>Notes ends, and forgets those that no replay from an offset on comes across.</summary>
    /// <param name="ended">The ends, in their order.</param>
    /// <param name="lowWater">Offset of the first record of any replay.</param>
    public void Bury(IReadOnlyList<(byte[] Id, Life Life)> ended, long lowWater)
    {
        foreach ((byte[] id, Life life) in ended)
        {
            Add(id, life);
        }

        while (order.TryPeek(out (byte[] Id, long Died) oldest) && oldest.Died < lowWater)
        {
            order.Dequeue();
            lives[oldest.Id].RemoveAt(0);
            if (lives[oldest.Id].Count == 0)
            {
                lives.Remove(oldest.Id);
            }
        }
    }
}
