namespace Streaming.Daemon.Kafka;

/// <summary>What the brokers said of the topics of a deployment when the process started.</summary>
/// <param name="Partitions">How many partitions they have.</param>
/// <param name="Cluster">Id of the cluster.</param>
/// <param name="ForecastId">Id of the topic that is forecast from; empty where the brokers give none.</param>
internal sealed record FoundTopics(TopicPartitions Partitions, string Cluster, string ForecastId);
