using Simulation.Log;
using Streaming.Daemon.Kafka;

namespace Simulation.Port;

/// <summary>Where a consumer reads its partitions, and what it has fetched ahead of that.</summary>
internal sealed class FetchPositions(SimulatedCluster cluster, GroupOffsets offsets)
{
    private readonly long[] positions = new long[Partitions.Most];
    private readonly long[] fetched = new long[Partitions.Most]; // what lies before it is in the client already
    private readonly long[] ended = new long[Partitions.Most];
    private uint failed; // stand still until they are assigned anew

    /// <summary>Next offset of a partition; negative while it is to be the committed one, which is pending.</summary>
    public long this[int partition] => positions[partition];

    /// <summary>Reads a partition from another place; what was fetched of it is dropped.</summary>
    public void Move(int partition, long offset) =>
        (positions[partition], fetched[partition], ended[partition]) = (offset, offset, -1);

    /// <summary>Places a partition that comes.</summary>
    public void Begin(PartitionLog log, long start)
    {
        failed &= ~Partitions.Bit(log.Partition);
        Move(log.Partition, start switch
        {
            StartOffset.Beginning => log.Start,
            StartOffset.End => log.StableEnd,
            _ => start,
        });
    }

    /// <exception cref="KafkaPortException">The log no longer has the next record, and nobody was told yet.</exception>
    public void ThrowIfCut(PartitionLog log)
    {
        if (!failed.Has(log.Partition) && IsPlaced(log) && fetched[log.Partition] < log.Start)
        {
            failed |= Partitions.Bit(log.Partition);
            throw PortErrors.OutOfRange(log.Topic, log.Partition, positions[log.Partition]);
        }
    }

    /// <summary>Fetches ahead, and delivers some of what is there.</summary>
    /// <returns>Records delivered.</returns>
    public int Fill(PartitionLog log, RecordBatch batch, int most)
    {
        if (!IsPlaced(log))
        {
            return 0;
        }

        if (!failed.Has(log.Partition) && !cluster.Fate.Delays())
        {
            fetched[log.Partition] = Math.Max(fetched[log.Partition], log.StableEnd);
        }

        return Deliver(log, batch, most);
    }

    private int Deliver(PartitionLog log, RecordBatch batch, int most)
    {
        int partition = log.Partition, count = 0, i;
        ReadOnlySpan<LogEntry> entries = log.Entries;
        while (count < most && !batch.IsFull && (i = log.Next(ref positions[partition], fetched[partition])) >= 0)
        {
            LogEntry entry = entries[i];
            batch.Add(
                partition, entry.Offset, entry.TimestampMs, log.Key(entry), log.Value(entry), entry.Headers);
            count++;
        }

        if (positions[partition] >= log.StableEnd && ended[partition] != log.StableEnd)
        {
            ended[partition] = log.StableEnd;
            batch.AddEnd(new(partition, log.StableEnd));
        }

        return count;
    }

    /// <summary>Whether it is known where a partition is read: not while that is the committed offset and a transaction
    /// is pending.</summary>
    private bool IsPlaced(PartitionLog log)
    {
        int partition = log.Partition;
        if (positions[partition] == StartOffset.Committed && !offsets.IsUnstable(partition))
        {
            Move(partition, offsets.Of(partition)?.Offset ?? log.Start);
        }

        return positions[partition] != StartOffset.Committed;
    }
}
