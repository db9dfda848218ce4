using Microsoft.Extensions.Logging.Abstractions;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Tests.Kafka;

/// <summary>An embedded cluster and the ports on it, disposed in the right order.</summary>
internal sealed class PortBed : IDisposable
{
    public const string Input = "events";

    /// <summary>Longest wait for something that must happen; reached only by a failing test.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<KafkaPort> _ports = [];

    public PortBed(int partitions, int brokers = 1)
    {
        Cluster = new EmbeddedCluster(brokers);
        Cluster.CreateTopic(Input, partitions);
    }

    public EmbeddedCluster Cluster { get; }

    /// <summary>A new port; properties of the producer may be given.</summary>
    public KafkaPort Port(
        string application = "test", int lane = 0, GroupProtocol protocol = GroupProtocol.Consumer,
        IReadOnlyDictionary<string, string>? producer = null, DeliveryMode delivery = DeliveryMode.AtLeastOnce)
    {
        var options = new ForecasterOptions
        {
            Application = application,
            Kafka = new KafkaOptions
            {
                BootstrapServers = Cluster.BootstrapServers,
                GroupProtocol = protocol,
                InstanceId = "test",
                SessionTimeout = TimeSpan.FromSeconds(2),
                TransactionTimeout = TimeSpan.FromSeconds(2),
                Client = new Dictionary<string, string> { ["reconnect.backoff.max.ms"] = "200" },
                Consumer = EmbeddedCluster.ConsumerProperties,
                Producer = producer ?? new Dictionary<string, string>(),
            },
        };
        var port = new KafkaPort(
            options.Kafka, GroupMember.Lane(options, lane), NullLogger.Instance, TimeProvider.System, delivery);
        _ports.Add(port);
        return port;
    }

    /// <summary>Repeats until the condition holds; fails the test when patience ends.</summary>
    public static void Until(Func<bool> condition, Action repeat)
    {
        long deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (!condition())
        {
            Assert.True(Environment.TickCount64 < deadline, "Waited in vain.");
            repeat();
        }
    }

    /// <summary>Sends one message to a partition and waits while the queue is full.</summary>
    public static void Produce(KafkaPort port, string topic, int partition, byte[]? key, byte[]? value)
    {
        ProduceTarget target = port.Target(topic);
        Until(
            () => port.TryProduce(target, partition, key, value, null, 1_000),
            () => port.Flush(TimeSpan.FromMilliseconds(5)));
    }

    public void Dispose()
    {
        _ports.ForEach(port => port.Dispose());
        Cluster.Dispose();
    }
}
