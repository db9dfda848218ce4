namespace Streaming.Daemon.Kafka;

/// <summary>Which cluster this is, and which topics it has.</summary>
internal interface IClusterMetadata : IDisposable
{
    /// <summary>Partitions of every topic this client may see; creates none. Blocks up to
    /// <paramref name="timeout"/>.</summary>
    /// <exception cref="KafkaPortException">Retriable: no broker answered.</exception>
    IReadOnlyDictionary<string, int> PartitionCounts(TimeSpan timeout);

    /// <summary>Asks for a topic by its name, which makes brokers that create topics by themselves create it.</summary>
    void Ask(string topic, TimeSpan timeout);

    /// <summary>What tells this cluster from every other one.</summary>
    /// <exception cref="KafkaPortException">Retriable: no broker answered.</exception>
    string ClusterId(TimeSpan timeout);

    /// <summary>What the brokers say of a topic; null where there is none, or this user may not see it. Creates none; makes
    /// up to three requests, each of which takes up to <paramref name="timeout"/>.</summary>
    /// <exception cref="KafkaPortException">No broker answered (retriable), or it refused.</exception>
    TopicDescription? Describe(string topic, TimeSpan timeout);
}
