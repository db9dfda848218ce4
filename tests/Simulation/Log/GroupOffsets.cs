using Streaming.Daemon.Kafka;

namespace Simulation.Log;

/// <summary>Offsets that the group has committed, and those that wait in transactions.</summary>
internal sealed class GroupOffsets
{
    private readonly Dictionary<int, PartitionOffset> committed = [];
    private readonly List<(int Producer, PartitionOffset Place)> pending = [];

    public void Reset()
    {
        committed.Clear();
        pending.Clear();
    }

    public PartitionOffset? Of(int partition) =>
        committed.TryGetValue(partition, out PartitionOffset place) ? place : null;

    /// <summary>Whether a transaction that is not decided here yet may change a partition's offset.</summary>
    public bool IsUnstable(int partition)
    {
        foreach ((_, PartitionOffset place) in pending)
        {
            if (place.Partition == partition)
            {
                return true;
            }
        }

        return false;
    }

    public void Commit(PartitionOffset place) => committed[place.Partition] = place;

    /// <summary>Adds an offset to a producer's transaction.</summary>
    public void Await(int producer, PartitionOffset place) => pending.Add((producer, place));

    /// <summary>The mark of a producer's transaction has arrived.</summary>
    public void Settle(int producer, bool isCommit)
    {
        for (int i = 0; i < pending.Count; i++)
        {
            if (pending[i].Producer == producer)
            {
                if (isCommit)
                {
                    Commit(pending[i].Place);
                }

                pending.RemoveAt(i--);
            }
        }
    }

    /// <summary>Offset expiry: what an empty group has committed is forgotten after a while.</summary>
    public void Forget() => committed.Clear();
}
