namespace Streaming.Daemon.Kafka;

/// <summary>Hears which partitions a lane gains and loses; called on the lane's thread.</summary>
/// <remarks>Calls on the port from inside are allowed, except Poll, Subscribe and Close. An exception ends the
/// Poll or Close that led here, after the group was answered.</remarks>
internal interface IPartitionListener
{
    /// <summary>These partitions are now held, in addition to earlier ones.</summary>
    /// <param name="partitions">Ascending.</param>
    /// <param name="starts">Offset of the first record to deliver, one for each partition; filled with
    /// <see cref="StartOffset.Committed"/> beforehand.</param>
    void Assigned(ReadOnlySpan<int> partitions, Span<long> starts);

    /// <summary>These partitions are about to go elsewhere: this is the last time to flush and commit.</summary>
    void Revoked(ReadOnlySpan<int> partitions);

    /// <summary>These partitions may already be held elsewhere: discard what was not committed.</summary>
    void Lost(ReadOnlySpan<int> partitions);
}
