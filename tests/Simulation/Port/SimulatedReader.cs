using Simulation.Log;
using Streaming.Daemon.Kafka;

namespace Simulation.Port;

/// <summary>A reader of committed records over a <see cref="SimulatedCluster"/>.</summary>
/// <remarks>Each poll brings some of what is there; compaction and retention go on between polls.</remarks>
internal sealed class SimulatedReader(SimulatedCluster cluster, SimulatedPort port, SimulatedTopic topic) : ILogReader
{
    private readonly long[] positions = new long[Partitions.Most];
    private readonly long[] ended = new long[Partitions.Most];
    private uint open;
    private uint failed; // said so once
    private int firstPartition;

    public void Open(int partition, long offset)
    {
        port.Enter(PortCall.Read);
        if (open.Has(partition))
        {
            throw new InvalidOperationException($"Partition {partition} of '{topic.Name}' is read already.");
        }

        open |= Partitions.Bit(partition);
        failed &= ~Partitions.Bit(partition);
        (positions[partition], ended[partition]) = (offset, -1);
        topic[partition].Readers++;
    }

    public void Close(int partition)
    {
        if (open.Has(partition))
        {
            open &= ~Partitions.Bit(partition);
            topic[partition].Readers--;
        }
    }

    public void Poll(RecordBatch batch, TimeSpan wait)
    {
        port.Enter(PortCall.Read);
        cluster.Advance((long)wait.TotalMilliseconds);
        batch.Clear();
        ThrowIfOutOfRange();
        int left = cluster.Fate.Amount(batch.Capacity);
        firstPartition++;
        for (int i = 0; i < topic.Partitions && left > 0; i++)
        {
            int partition = (firstPartition + i) % topic.Partitions;
            PartitionLog log = topic[partition];
            bool isRead = open.Has(partition) && !failed.Has(partition);
            if (isRead && log.AwayUntilMs <= cluster.Clock.NowMs && !cluster.Fate.Delays())
            {
                left -= Deliver(log, batch, left);
            }
        }
    }

    public long Position(int partition) => open.Has(partition)
        ? positions[partition]
        : throw new InvalidOperationException($"Partition {partition} of '{topic.Name}' is not read.");

    public void Dispose()
    {
        for (int partition = 0; partition < topic.Partitions; partition++)
        {
            Close(partition);
        }
    }

    private void ThrowIfOutOfRange()
    {
        for (int partition = 0; partition < topic.Partitions; partition++)
        {
            PartitionLog log = topic[partition];
            long position = positions[partition];
            if (open.Has(partition) && !failed.Has(partition) && (position < log.Start || position > log.HighWatermark))
            {
                failed |= Partitions.Bit(partition);
                throw PortErrors.OutOfRange(topic.Name, partition, position);
            }
        }
    }

    private int Deliver(PartitionLog log, RecordBatch batch, int most)
    {
        int partition = log.Partition, count = 0;
        long end = log.StableEnd;
        int i;
        while (count < most && !batch.IsFull && (i = log.Next(ref positions[partition], end)) >= 0)
        {
            LogEntry entry = log.Entries[i];
            batch.Add(
                partition, entry.Offset, entry.TimestampMs, log.Key(entry), log.Value(entry), entry.Headers);
            count++;
        }

        if (positions[partition] >= end && ended[partition] != end)
        {
            ended[partition] = end;
            batch.AddEnd(new(partition, end));
        }

        return count;
    }
}
