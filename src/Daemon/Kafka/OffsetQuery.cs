using Confluent.Kafka;
using Streaming.Daemon.Kafka.Native;

namespace Streaming.Daemon.Kafka;

/// <summary>Asks where partitions stand: what is committed, where their logs begin, end or reach a time.</summary>
/// <remarks>Lane's thread only.</remarks>
internal sealed unsafe class OffsetQuery(ConsumerClient client)
{
    /// <summary>The group's committed places, null where there is none.</summary>
    /// <exception cref="KafkaPortException">No answer in time, or an error of one partition.</exception>
    public PartitionOffset?[] Committed(ReadOnlySpan<int> partitions, TimeSpan timeout)
    {
        using PartitionList list = PartitionList.Of(client.Topic, partitions);
        client.Check(
            LibRdKafka.rd_kafka_committed(client.Handle, list.Native, (int)timeout.TotalMilliseconds), "committed");
        var places = new PartitionOffset?[partitions.Length];
        for (int i = 0; i < places.Length; i++)
        {
            ref readonly RdPartition found = ref list.Items[i];
            client.Check(found.Error, "committed");
            var note = new ReadOnlySpan<byte>(found.Metadata, (int)found.MetadataSize);
            places[i] = found.Offset == LibRdKafka.InvalidOffset
                ? null
                : CommitNote.Read(found.Partition, found.Offset, note);
        }

        return places;
    }

    /// <summary>Offset of the first record whose timestamp is not before a time, null where all are.</summary>
    /// <exception cref="KafkaPortException">No answer in time, or an error of the partition.</exception>
    public long? At(int partition, long timestampMs, TimeSpan timeout)
    {
        using PartitionList list = PartitionList.Of(client.Topic, partition, timestampMs);
        client.Check(
            LibRdKafka.rd_kafka_offsets_for_times(client.Handle, list.Native, (int)timeout.TotalMilliseconds),
            "offsets for times");
        client.Check(list.Items[0].Error, "offsets for times");
        return list.Items[0].Offset >= 0 ? list.Items[0].Offset : null;
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

    /// <summary>The first offset of any topic's log and its end, records of open transactions included.</summary>
    /// <remarks>The query above answers the end of what is committed, to a consumer that reads only that.</remarks>
    /// <exception cref="KafkaPortException">No answer in time, or refused.</exception>
    public (long Low, long High) Watermarks(string topic, int partition, TimeSpan timeout) =>
        (Bound(topic, partition, StartOffset.Beginning, timeout), Bound(topic, partition, StartOffset.End, timeout));

    private long Bound(string topic, int partition, long which, TimeSpan timeout)
    {
        string what = $"Topic '{topic}', partition {partition}, watermarks";
        using PartitionList list = PartitionList.Of(topic, partition, which);
        using var request = new AdminRequest(client.Handle, timeout);
        LibRdKafka.rd_kafka_ListOffsets(client.Handle, list.Native, request.Options, request.Queue);
        nint result = LibRdKafka.rd_kafka_event_ListOffsets_result(request.Answer(what));
        nuint count;
        RdPartition* bound = LibRdKafka.rd_kafka_ListOffsetsResultInfo_topic_partition(
            *LibRdKafka.rd_kafka_ListOffsets_result_infos(result, &count));
        if (bound->Error != 0)
        {
            throw new KafkaPortException(
                (ErrorCode)bound->Error, $"{what}: {LibRdKafka.Describe(bound->Error)}",
                retriable: RetriableErrors.Contain((ErrorCode)bound->Error));
        }

        return bound->Offset;
    }
}
