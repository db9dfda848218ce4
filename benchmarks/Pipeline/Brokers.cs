using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;
using GroupProtocol = Streaming.Daemon.Configuration.GroupProtocol;

namespace Benchmarks.Pipeline;

/// <summary>The brokers of a benchmark: embedded ones of its own, or others. Topics that it makes go with it.</summary>
internal sealed class Brokers : IDisposable
{
    /// <summary>Environment variable with the brokers to measure on.</summary>
    public const string Variable = "KAFKA_BOOTSTRAP_SERVERS";

    private readonly EmbeddedCluster? embedded;
    private readonly List<string> created = [];

    private Brokers(string? servers)
    {
        embedded = string.IsNullOrEmpty(servers) ? new EmbeddedCluster() : null;
        BootstrapServers = embedded?.BootstrapServers ?? servers!;
    }

    public string BootstrapServers { get; }

    public bool IsEmbedded => embedded is not null;

    /// <summary>How to talk to them.</summary>
    public KafkaOptions Options => IsEmbedded
        ? new()
        {
            BootstrapServers = BootstrapServers,
            GroupProtocol = GroupProtocol.Consumer,
            Consumer = EmbeddedCluster.ConsumerProperties,
        }
        : new() { BootstrapServers = BootstrapServers, StaticMembership = false };

    /// <summary>Embedded ones.</summary>
    public static Brokers Embedded() => new(servers: null);

    /// <summary>Those of <see cref="Variable"/>; embedded ones where it is not set.</summary>
    public static Brokers OfEnvironment() => new(Environment.GetEnvironmentVariable(Variable));

    /// <summary>Makes a topic that keeps all; or of each key the last, at least. One of the same name is not kept.</summary>
    public void CreateTopic(string topic, int partitions, bool isCompacted = false)
    {
        if (embedded is not null)
        {
            embedded.CreateTopic(topic, partitions);
            return;
        }

        created.Add(topic);
        using IAdminClient admin = Admin();
        admin.CreateTopicsAsync(
        [
            new TopicSpecification
            {
                Name = topic,
                NumPartitions = partitions,
                ReplicationFactor = 1,
                Configs = new() { ["cleanup.policy"] = isCompacted ? "compact" : "delete" },
            },
        ]).Wait();
    }

    public void Dispose()
    {
        embedded?.Dispose();
        if (created.Count > 0)
        {
            using IAdminClient admin = Admin();
            admin.DeleteTopicsAsync(created).Wait();
        }
    }

    private IAdminClient Admin() =>
        new AdminClientBuilder(new AdminClientConfig { BootstrapServers = BootstrapServers }).Build();
}
