namespace Streaming.Daemon.Kafka;

/// <summary>What the group that repartitions keeps beside an offset of the input.</summary>
/// <param name="Partitions">Partitions that it spreads series over: must never change.</param>
/// <param name="LiveFrom">Offset from which records may be published; what lies before is history, to be used
/// silently.</param>
internal readonly record struct RepartitionNote(int Partitions, long LiveFrom);
