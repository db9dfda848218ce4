namespace Streaming.Daemon.Kafka;

/// <summary>A place in the subscribed topic: the next record to process, and what is committed along with it.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Offset">Offset of the record.</param>
/// <param name="Repartition">Of the group that repartitions; null for others.</param>
/// <param name="Attempt">The reading under way; null where its owner has stopped.</param>
/// <param name="Skipped">Offsets that were skipped on request, ascending; null for none.</param>
/// <param name="BegunWith">Partitions that the topic had when the group began to read it; null where that is not
/// known.</param>
internal readonly record struct PartitionOffset(
    int Partition, long Offset, RepartitionNote? Repartition = null, Attempt? Attempt = null,
    IReadOnlyList<long>? Skipped = null, int? BegunWith = null);
