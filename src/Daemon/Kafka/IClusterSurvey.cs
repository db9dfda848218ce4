using Confluent.Kafka.Admin;

namespace Streaming.Daemon.Kafka;

/// <summary>What a look at a whole deployment asks of the brokers. Changes nothing but for
/// <see cref="StartTransactions"/>.</summary>
/// <remarks>Each call blocks up to the time-out of its implementation, and throws <see cref="KafkaPortException"/> where
/// there is no answer in time, or a refusal.</remarks>
internal interface IClusterSurvey : IDisposable
{
    /// <summary>Brokers and topics; creates none.</summary>
    ClusterView View();

    /// <summary>A topic's settings, the brokers' defaults included; null where this user may not know.</summary>
    IReadOnlyDictionary<string, string>? Settings(string topic);

    /// <summary>What this user may do with a topic; null where that is not told.</summary>
    IReadOnlySet<AclOperation>? RightsOnTopic(string topic);

    /// <summary>What this user may do with a consumer group, also one that does not exist; null where that is not
    /// told.</summary>
    IReadOnlySet<AclOperation>? RightsOnGroup(string group);

    /// <summary>Where the partitions of a topic end.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="partitions">How many it has.</param>
    IReadOnlyList<LogEnds> Ends(string topic, int partitions);

    /// <summary>Reads the last committed record of each of a topic's first partitions.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="partitions">How many it has.</param>
    /// <param name="take">Takes them, some at a time.</param>
    void ReadNewest(string topic, int partitions, Action<RecordBatch> take);

    /// <summary>Has the brokers take a producer with transactions, as lanes do, under a name of its own; they forget that
    /// again (transactional.id.expiration.ms).</summary>
    void StartTransactions();
}
