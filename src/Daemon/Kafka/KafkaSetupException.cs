namespace Streaming.Daemon.Kafka;

/// <summary>The topics don't fit together; the message says what to do. Waiting would not help.</summary>
internal sealed class KafkaSetupException(string message) : Exception(message)
{
    /// <summary>Old records of a topic are cleaned up in the wrong way.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="fault">What it is, and what follows.</param>
    /// <param name="policy">What cleanup.policy must be.</param>
    public static KafkaSetupException OfCleanup(string topic, string fault, string policy) =>
        new($"Topic '{topic}' is {fault}. Set its cleanup.policy to {policy}.");

    /// <summary>The output topic has another number of partitions than it must have.</summary>
    /// <param name="output">The output topic.</param>
    /// <param name="outputPartitions">Its partitions.</param>
    /// <param name="kind">What the topic is that is forecast from: input or repartition.</param>
    /// <param name="topic">Its name.</param>
    /// <param name="partitions">Its partitions.</param>
    public static KafkaSetupException OfPartitions(
        string output, int outputPartitions, string kind, string topic, int partitions) => new(
        $"Output topic '{output}' has {outputPartitions} partitions, {kind} topic '{topic}' has {partitions}: a "
        + $"forecast goes to the partition of its events, so both need the same number. Create '{output}' with "
        + $"{partitions} partitions, or set Output:Topic to another topic.");
}
