using Microsoft.Extensions.Logging.Abstractions;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;

namespace Integration.Harness;

/// <summary>Commits an offset and its note for a group, as a daemon that ran before would have.</summary>
internal sealed class GroupOffset : IPartitionListener
{
    private bool isAssigned;

    private GroupOffset()
    {
    }

    public static void Commit(TestCluster cluster, string group, string topic, PartitionOffset place)
    {
        var kafka = new KafkaOptions
        {
            BootstrapServers = cluster.BootstrapServers,
            GroupProtocol = TestCluster.IsEmbedded ? GroupProtocol.Consumer : GroupProtocol.Classic,
            StaticMembership = false,
        };
        using var port = new KafkaPort(
            kafka, new GroupMember(group, "before"), NullLogger.Instance, TimeProvider.System);
        var listener = new GroupOffset();
        port.Subscribe(topic, listener);
        var batch = new RecordBatch(64);
        for (int polls = 0; !listener.isAssigned && polls < 600; polls++)
        {
            port.Poll(batch, TimeSpan.FromMilliseconds(100));
        }

        port.Commit([place]);
        port.Close();
    }

    public void Assigned(ReadOnlySpan<int> partitions, Span<long> starts)
    {
        isAssigned = true;
        starts.Fill(StartOffset.Beginning);
    }

    public void Revoked(ReadOnlySpan<int> partitions)
    {
    }

    public void Lost(ReadOnlySpan<int> partitions)
    {
    }
}
