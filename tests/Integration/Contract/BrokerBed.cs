using Confluent.Kafka;
using Integration.Harness;
using Microsoft.Extensions.Logging.Abstractions;
using Streaming.Contract;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;
using GroupProtocol = Streaming.Daemon.Configuration.GroupProtocol;

namespace Integration.Contract;

/// <summary>Ports on the brokers of the suite: the embedded cluster, or those of
/// <see cref="TestCluster.Variable"/>.</summary>
internal sealed class BrokerBed : IContractBed
{
    /// <summary>As short as brokers allow by default.</summary>
    private static readonly TimeSpan sessionTimeout = TimeSpan.FromSeconds(6);

    private readonly TestCluster cluster = new();
    private readonly List<IKafkaPort> ports = [];

    public string CreateTopic(int partitions)
    {
        string topic = $"contract-{Guid.NewGuid():N}";
        cluster.CreateTopicAsync(topic, partitions).Wait();
        return topic;
    }

    public IKafkaPort Open(PortIdentity identity)
    {
        var consumer = new Dictionary<string, string>();
        if (TestCluster.IsEmbedded)
        {
            consumer["fetch.wait.max.ms"] = "10";
        }

        if (identity.MustPoll)
        {
            consumer["max.poll.interval.ms"] = $"{sessionTimeout.TotalMilliseconds + 500}";
        }

        var options = new ForecasterOptions
        {
            Application = identity.Application,
            Kafka = new KafkaOptions
            {
                BootstrapServers = cluster.BootstrapServers,
                GroupProtocol = TestCluster.IsEmbedded ? GroupProtocol.Consumer : GroupProtocol.Classic,
                InstanceId = identity.Instance,
                StaticMembership = identity.IsStatic,
                SessionTimeout = sessionTimeout,
                TransactionTimeout = identity.TransactionTimeout,
                Consumer = consumer,
            },
        };
        ports.Add(new KafkaPort(
            options.Kafka, GroupMember.Lane(options, 0), NullLogger.Instance, TimeProvider.System, identity.Delivery));
        return ports[^1];
    }

    public void Cut(string topic, int partition, long first)
    {
        using IAdminClient admin = new AdminClientBuilder(new AdminClientConfig
        {
            BootstrapServers = cluster.BootstrapServers,
        }).Build();
        admin.DeleteRecordsAsync([new TopicPartitionOffset(topic, partition, first)]).Wait();
    }

    public IDisposable? Stall() => cluster.Stall();

    public void Dispose()
    {
        ports.ForEach(port => port.Dispose());
        cluster.Dispose();
    }
}
