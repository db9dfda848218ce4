namespace Streaming.Daemon.Kafka;

/// <summary>What a rebalance does to its partitions.</summary>
internal enum RebalanceKind
{
    /// <summary>They come.</summary>
    Assigned,

    /// <summary>They go, and still are ours to commit.</summary>
    Revoked,

    /// <summary>They have gone; others may hold them already.</summary>
    Lost,
}
