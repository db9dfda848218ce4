using Confluent.Kafka;
using Streaming.Daemon.Kafka.Native;

namespace Streaming.Daemon.Kafka;

/// <summary>What is wrong with the brokers, from the first sign until they answer in full again.</summary>
/// <remarks>Written on the lane's thread, read on any.</remarks>
internal sealed class BrokerTrouble(TimeProvider clock)
{
    private const int ProbeMs = 100;

    private static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(1);

    private volatile string? text;
    private long lastProbe;

    /// <summary>What is wrong; null when all is well.</summary>
    public string? Text => text;

    /// <summary>Takes note of trouble; the last one stands.</summary>
    public void Note(ErrorCode code, string reason)
    {
        if (text is null)
        {
            lastProbe = clock.GetTimestamp();
        }

        text = $"{code}: {reason}";
    }

    /// <summary>While there is trouble, asks the cluster once a second whether all partitions of the client's topics
    /// have a leader; costs up to 100 ms, at a time when there is little else to do.</summary>
    public unsafe void Probe(nint client)
    {
        if (text is null || clock.GetElapsedTime(lastProbe) < ProbeInterval)
        {
            return;
        }

        RdMetadata* metadata;
        if (LibRdKafka.rd_kafka_metadata(client, 0, 0, &metadata, ProbeMs) == 0)
        {
            text = Missing(metadata);
            LibRdKafka.rd_kafka_metadata_destroy(metadata);
        }

        lastProbe = clock.GetTimestamp();
    }

    private static unsafe string? Missing(RdMetadata* metadata)
    {
        foreach (ref RdMetadataTopic topic in new Span<RdMetadataTopic>(metadata->Topics, metadata->TopicCount))
        {
            if (topic.Error != 0)
            {
                return LibRdKafka.Describe(topic.Error);
            }

            foreach (ref RdMetadataPartition partition in
                new Span<RdMetadataPartition>(topic.Partitions, topic.PartitionCount))
            {
                if (partition.Leader < 0)
                {
                    return $"partition {partition.Id}: {LibRdKafka.Describe(partition.Error)}";
                }
            }
        }

        return null;
    }
}
