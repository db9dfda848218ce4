namespace Streaming.Daemon.Pipeline;

/// <summary>The record of the input that something comes from.</summary>
/// <param name="Partition">Its partition.</param>
/// <param name="Offset">Its offset.</param>
/// <param name="TimestampMs">Its Kafka timestamp, ms since 1970; −1 where it has none.</param>
/// <param name="IsSilent">Whether it is history of a new deployment: used, but nothing of it is published.</param>
internal readonly record struct RecordOrigin(int Partition, long Offset, long TimestampMs, bool IsSilent = false);
