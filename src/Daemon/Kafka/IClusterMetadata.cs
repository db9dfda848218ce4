namespace Streaming.Daemon.Kafka;

/// <summary>Which topics a cluster has.</summary>
internal interface IClusterMetadata : IDisposable
{
    /// <summary>Partitions of every topic this client may see; creates none. Blocks up to
    /// <paramref name="timeout"/>.</summary>
    /// <exception cref="KafkaPortException">Retriable: no broker answered.</exception>
    IReadOnlyDictionary<string, int> PartitionCounts(TimeSpan timeout);

    /// <summary>Asks for a topic by its name, which makes brokers that create topics by themselves create it.</summary>
    void Ask(string topic, TimeSpan timeout);
}
