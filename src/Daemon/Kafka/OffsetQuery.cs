using Streaming.Daemon.Kafka.Native;

namespace Streaming.Daemon.Kafka;

/// <summary>Asks where partitions stand: what is committed, where their logs begin and end.</summary>
/// <remarks>Lane's thread only.</remarks>
internal sealed unsafe class OffsetQuery(ConsumerClient client)
{
    /// <summary>The group's committed offsets, null where there is none.</summary>
    /// <exception cref="KafkaPortException">No answer in time, or an error of one partition.</exception>
    public long?[] Committed(ReadOnlySpan<int> partitions, TimeSpan timeout)
    {
        using PartitionList list = PartitionList.Of(client.Topic, partitions);
        client.Check(
            LibRdKafka.rd_kafka_committed(client.Handle, list.Native, (int)timeout.TotalMilliseconds), "committed");
        var offsets = new long?[partitions.Length];
        for (int i = 0; i < offsets.Length; i++)
        {
            client.Check(list.Items[i].Error, "committed");
            offsets[i] = list.Items[i].Offset == LibRdKafka.InvalidOffset ? null : list.Items[i].Offset;
        }

        return offsets;
    }

    /// <summary>The log's end as last fetched, without a request; negative if not known.</summary>
    public long LogEnd(int partition)
    {
        long low, high;
        int error = LibRdKafka.rd_kafka_get_watermark_offsets(client.Handle, client.Topic, partition, &low, &high);
        return error == 0 ? high : LibRdKafka.InvalidOffset;
    }

    /// <summary>The log's first offset and its end, asked of the broker.</summary>
    /// <exception cref="KafkaPortException">No answer in time.</exception>
    public (long Low, long High) Watermarks(int partition, TimeSpan timeout)
    {
        long low, high;
        client.Check(
            LibRdKafka.rd_kafka_query_watermark_offsets(
                client.Handle, client.Topic, partition, &low, &high, (int)timeout.TotalMilliseconds),
            "watermarks");
        return (low, high);
    }
}
