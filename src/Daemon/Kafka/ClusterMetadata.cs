using System.Runtime.InteropServices;
using Confluent.Kafka;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka.Native;

namespace Streaming.Daemon.Kafka;

/// <summary>Asks the brokers for all topics: to ask for one by name could create it.</summary>
internal sealed unsafe class ClusterMetadata : IClusterMetadata
{
    private readonly RdClient _client;
    private string? _trouble;

    /// <param name="options">Where the brokers are.</param>
    /// <param name="logger">Receives librdkafka's log.</param>
    public ClusterMetadata(KafkaOptions options, ILogger logger) =>
        _client = new RdClient(
            LibRdKafka.Producer, ClientProperties.Admin(options), logger, (_, reason) => _trouble = reason, this,
            _ => { });

    public IReadOnlyDictionary<string, int> PartitionCounts(TimeSpan timeout)
    {
        RdMetadata* metadata;
        int error = LibRdKafka.rd_kafka_metadata(_client.Handle, 1, 0, &metadata, (int)timeout.TotalMilliseconds);
        _ = LibRdKafka.rd_kafka_poll(_client.Handle, 0);
        if (error != 0)
        {
            throw new KafkaPortException(
                (ErrorCode)error, _trouble ?? LibRdKafka.Describe(error), retriable: true);
        }

        _trouble = null;
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (ref RdMetadataTopic topic in new Span<RdMetadataTopic>(metadata->Topics, metadata->TopicCount))
        {
            if (topic.Error == 0 && topic.PartitionCount > 0)
            {
                counts[Marshal.PtrToStringUTF8((nint)topic.Name)!] = topic.PartitionCount;
            }
        }

        LibRdKafka.rd_kafka_metadata_destroy(metadata);
        return counts;
    }

    public void Ask(string topic, TimeSpan timeout)
    {
        nint handle = LibRdKafka.rd_kafka_topic_new(_client.Handle, topic, 0);
        RdMetadata* metadata;
        if (LibRdKafka.rd_kafka_metadata(_client.Handle, 0, handle, &metadata, (int)timeout.TotalMilliseconds) == 0)
        {
            LibRdKafka.rd_kafka_metadata_destroy(metadata);
        }

        LibRdKafka.rd_kafka_topic_destroy(handle);
    }

    public string ClusterId(TimeSpan timeout)
    {
        nint id = LibRdKafka.rd_kafka_clusterid(_client.Handle, (int)timeout.TotalMilliseconds);
        _ = LibRdKafka.rd_kafka_poll(_client.Handle, 0); // what went wrong is told in there
        if (id == 0)
        {
            throw new KafkaPortException(
                ErrorCode.Local_TimedOut, _trouble ?? "the brokers did not tell the cluster's id", retriable: true);
        }

        string text = Marshal.PtrToStringUTF8(id)!;
        LibRdKafka.rd_kafka_mem_free(_client.Handle, id);
        return text;
    }

    public TopicDescription? Describe(string topic, TimeSpan timeout)
    {
        if (EmbeddedCluster.IsIdOfOne(ClusterId(timeout)))
        {
            return PartitionCounts(timeout).TryGetValue(topic, out int count) ? new(topic, count, null, null) : null;
        }

        var query = new TopicQuery(_client.Handle, timeout);
        return query.Identity(topic) is var (partitions, id)
            ? new(topic, partitions, id, query.Settings(topic)?.GetValueOrDefault(TopicSettings.CleanupPolicy))
            : null;
    }

    public void Dispose() => _client.Dispose();
}
