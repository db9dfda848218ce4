namespace Streaming.Daemon.Kafka;

/// <summary>A place in the subscribed topic: the next record to process.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Offset">Offset of the record.</param>
/// <param name="HistoryFrom">Where the history begins that must be read, silently, before that record; null: nowhere in
/// particular. It is committed along with the offset.</param>
/// <param name="Repartition">Committed along with the offset by the group that repartitions; null for others.</param>
internal readonly record struct PartitionOffset(
    int Partition, long Offset, long? HistoryFrom = null, RepartitionNote? Repartition = null);
