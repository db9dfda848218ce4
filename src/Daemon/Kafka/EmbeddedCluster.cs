using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging.Abstractions;
using Streaming.Daemon.Kafka.Native;

namespace Streaming.Daemon.Kafka;

/// <summary>librdkafka's mock cluster: brokers in this process, on real sockets of 127.0.0.1, for demo and
/// tests.</summary>
/// <remarks>
/// Any client can connect to it. Dispose every client before the cluster: a client left over keeps reconnecting.
/// It keeps 5 MiB or 100,000 batches a partition and drops the oldest silently; topics that are merely used come into
/// being with 4 partitions; transactions are hollow; look-ups of offsets by time find none; groups behave best with
/// group.protocol=consumer; there is no controller to ask for topics and their configuration. Listing the groups of a
/// cluster crashes the process. Thread-safe.
/// </remarks>
internal sealed unsafe class EmbeddedCluster : IDisposable
{
    private readonly RdClient client;
    private nint cluster;

    /// <param name="brokers">Brokers, numbered from 1.</param>
    /// <param name="heartbeat">Heartbeat of group.protocol=consumer; how fast a group notices changes. Default
    /// 200 ms.</param>
    public EmbeddedCluster(int brokers = 1, TimeSpan? heartbeat = null)
    {
        BrokerCount = brokers;
        client = new RdClient(
            LibRdKafka.Producer, new Dictionary<string, string>(), NullLogger.Instance, (_, _) => { }, this, _ => { });
        cluster = LibRdKafka.rd_kafka_mock_cluster_new(client.Handle, brokers);
        if (cluster == 0)
        {
            client.Dispose();
            throw new InvalidOperationException($"The embedded cluster of {brokers} brokers did not start.");
        }

        LibRdKafka.rd_kafka_mock_group_initial_rebalance_delay_ms(cluster, 0);
        LibRdKafka.rd_kafka_mock_set_group_consumer_heartbeat_interval_ms(
            cluster, (int)(heartbeat ?? TimeSpan.FromMilliseconds(200)).TotalMilliseconds);
        BootstrapServers = Marshal.PtrToStringUTF8(LibRdKafka.rd_kafka_mock_cluster_bootstraps(cluster))!;
    }

    /// <summary>Consumer properties that make up for the cluster's slow long polls (464 ms against 10).</summary>
    public static IReadOnlyDictionary<string, string> ConsumerProperties { get; } =
        new Dictionary<string, string> { ["fetch.wait.max.ms"] = "10" };

    public int BrokerCount { get; }

    /// <summary>Whether the cluster with this id is an embedded one, here or in another process.</summary>
    public static bool IsIdOfOne(string clusterId) => clusterId.StartsWith("mockCluster", StringComparison.Ordinal);

    /// <summary>Comma-separated host:port list.</summary>
    public string BootstrapServers { get; }

    /// <summary>Creates a topic; its partitions are spread over the brokers.</summary>
    public void CreateTopic(string topic, int partitions) =>
        Check(LibRdKafka.rd_kafka_mock_topic_create(Cluster, topic, partitions, BrokerCount), $"create '{topic}'");

    /// <summary>A broker drops its connections and refuses new ones; what it holds stays.</summary>
    public void StopBroker(int broker) =>
        Check(LibRdKafka.rd_kafka_mock_broker_set_down(Cluster, broker), $"stop broker {broker}");

    public void StartBroker(int broker) =>
        Check(LibRdKafka.rd_kafka_mock_broker_set_up(Cluster, broker), $"start broker {broker}");

    /// <summary>Delays every answer of a broker.</summary>
    public void DelayBroker(int broker, TimeSpan roundTrip) =>
        Check(
            LibRdKafka.rd_kafka_mock_broker_set_rtt(Cluster, broker, (int)roundTrip.TotalMilliseconds),
            $"delay broker {broker}");

    /// <summary>The next requests of a kind are answered with these errors, one each.</summary>
    /// <param name="apiKey">Kafka's number of the request: 0 Produce, 1 Fetch, 3 Metadata, 8 OffsetCommit.</param>
    /// <param name="errors">Kafka's error codes.</param>
    public void FailRequests(short apiKey, params ReadOnlySpan<Confluent.Kafka.ErrorCode> errors)
    {
        fixed (Confluent.Kafka.ErrorCode* codes = errors)
        {
            LibRdKafka.rd_kafka_mock_push_request_errors_array(Cluster, apiKey, (nuint)errors.Length, (int*)codes);
        }
    }

    public void Dispose()
    {
        if (cluster != 0)
        {
            LibRdKafka.rd_kafka_mock_cluster_destroy(cluster);
            cluster = 0;
            client.Dispose();
        }
    }

    private nint Cluster
    {
        get
        {
            ObjectDisposedException.ThrowIf(cluster == 0, this);
            return cluster;
        }
    }

    private static void Check(int code, string what)
    {
        if (code != 0)
        {
            throw new InvalidOperationException($"Embedded cluster: {what}: {LibRdKafka.Describe(code)}");
        }
    }
}
