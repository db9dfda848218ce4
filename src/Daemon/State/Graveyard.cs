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

    /// <summary>Notes an end; those of one id in their order.</summary>
    public void Add(byte[] id, Life life)
    {
        if (!lives.TryGetValue(id, out List<Life>? found))
        {
            lives.Add(id, found = []);
        }

        found.Add(life);
        order.Enqueue((id, life.Died));
    }

    /// <summary>Forgets the end noted first, if no replay from an offset on comes across it.</summary>
    /// <param name="lowWater">Offset of the first record of any replay.</param>
    /// <param name="id">Whose it was, where there is one.</param>
    public bool TryForget(long lowWater, out byte[] id)
    {
        if (!order.TryPeek(out (byte[] Id, long Died) oldest) || oldest.Died >= lowWater)
        {
            id = [];
            return false;
        }

        order.Dequeue();
        id = oldest.Id;
        lives[id].RemoveAt(0);
        if (lives[id].Count == 0)
        {
            lives.Remove(id);
        }

        return true;
    }
}
