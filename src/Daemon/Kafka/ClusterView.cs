namespace Streaming.Daemon.Kafka;

/// <summary>A cluster as its brokers tell of it.</summary>
/// <param name="Id">What tells it from every other one.</param>
/// <param name="Brokers">Where clients are told to go.</param>
/// <param name="Topics">Partitions of each topic that this user may see.</param>
internal sealed record ClusterView(
    string Id, IReadOnlyList<BrokerView> Brokers, IReadOnlyDictionary<string, IReadOnlyList<PartitionView>> Topics)
{
    /// <summary>Whether it tells neither settings nor rights.</summary>
    public bool IsEmbedded => EmbeddedCluster.IsIdOfOne(Id);
}

/// <summary>A broker.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Host">Host that it tells clients.</param>
/// <param name="Port">Port there.</param>
internal sealed record BrokerView(int Id, string Host, int Port);

/// <summary>Where a partition is kept.</summary>
/// <param name="Partition">Its number.</param>
/// <param name="HasLeader">Whether it can be read and written.</param>
/// <param name="Replicas">How often it is kept.</param>
/// <param name="InSync">How many of these are up to date.</param>
internal sealed record PartitionView(int Partition, bool HasLeader, int Replicas, int InSync);
