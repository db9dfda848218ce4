namespace Streaming.Daemon.Kafka;

/// <summary>A place in the subscribed topic: the next record to process.</summary>
internal readonly record struct PartitionOffset(int Partition, long Offset);
