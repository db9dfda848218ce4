namespace Streaming.Daemon.Kafka;

/// <summary>What commands ask of the brokers beside reading and writing.</summary>
internal interface IClusterAdmin : IDisposable
{
    /// <summary>Who is in a group, as "client at host"; none where there is no such group.</summary>
    /// <exception cref="KafkaPortException">No answer in time, or refused.</exception>
    IReadOnlyList<string> Members(string group);

    /// <summary>Deletes a group, its offsets and notes; nothing happens where there is none.</summary>
    /// <exception cref="KafkaPortException">It has members, no answer in time, or refused.</exception>
    void DeleteGroup(string group);

    /// <summary>Deletes the records of partitions before an offset each.</summary>
    /// <exception cref="KafkaPortException">No answer in time, or refused: the topic is compacted, for example.</exception>
    void DeleteRecords(string topic, IReadOnlyList<PartitionOffset> before);

    /// <summary>Makes a topic; one that somebody has made meanwhile is left as it is.</summary>
    /// <param name="topic">What it shall be.</param>
    /// <param name="replicationFactor">Its replicas; 0: as the brokers are set.</param>
    /// <param name="onlyTry">Have the brokers say whether they would; nothing is made.</param>
    /// <exception cref="KafkaPortException">No answer in time, or refused.</exception>
    void CreateTopic(NewTopic topic, int replicationFactor, bool onlyTry);
}
