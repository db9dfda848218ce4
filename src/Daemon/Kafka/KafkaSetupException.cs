namespace Streaming.Daemon.Kafka;

/// <summary>The topics don't fit together; the message says what to do. Waiting would not help.</summary>
internal sealed class KafkaSetupException(string message) : Exception(message)
{
    /// <summary>A topic keeps but the last record of each key.</summary>
    public static KafkaSetupException OfCompacted(string topic) => new(
        $"Topic '{topic}' is compacted: records go missing that forecasts depend on. Set its cleanup.policy to delete.");

    /// <summary>Old records of a topic are deleted that are still in force.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="kept">What would be lost.</param>
    public static KafkaSetupException OfDeleting(string topic, string kept) => new(
        $"Topic '{topic}' is not compacted, or deletes old records: it would lose {kept}. Set its cleanup.policy to "
        + "compact.");

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

    /// <summary>The state topic has another number of partitions than it must have.</summary>
    /// <param name="state">The state topic.</param>
    /// <param name="statePartitions">Its partitions.</param>
    /// <param name="output">The output topic.</param>
    /// <param name="outputPartitions">Its partitions.</param>
    public static KafkaSetupException OfState(string state, int statePartitions, string output, int outputPartitions) => new(
        $"State topic '{state}' has {statePartitions} partitions, output topic '{output}' has {outputPartitions}: the "
        + $"state of a partition is in the partition of its number. Delete '{state}' and create it with "
        + $"{outputPartitions}.");
}
