using System.Net;
using System.Net.Sockets;
using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Streaming.Daemon.Kafka;

namespace Daemon.Tests.Cli.Doctor;

/// <summary>A healthy cluster of one broker that tells everything; a test makes it ill.</summary>
/// <remarks>Its broker is a socket that takes connections.</remarks>
internal sealed class FakeSurvey : IClusterSurvey
{
    private readonly TcpListener broker = new(IPAddress.Loopback, 0);

    public FakeSurvey()
    {
        broker.Start();
        Brokers = [new(1, "127.0.0.1", ((IPEndPoint)broker.LocalEndpoint).Port)];
    }

    public string BootstrapServers => $"127.0.0.1:{((IPEndPoint)broker.LocalEndpoint).Port}";

    public string ClusterId { get; set; } = "cluster";

    public List<BrokerView> Brokers { get; set; }

    /// <summary>Partitions by topic.</summary>
    public Dictionary<string, IReadOnlyList<PartitionView>> Topics { get; } = [];

    /// <summary>Settings by topic; others tell the brokers' defaults.</summary>
    public Dictionary<string, Dictionary<string, string>?> SettingsOf { get; } = [];

    /// <summary>Rights by topic or group; others are allowed everything.</summary>
    public Dictionary<string, IReadOnlySet<AclOperation>?> RightsOf { get; } = [];

    /// <summary>Ends of partition 0, by topic, one for each look; the last stands.</summary>
    public Dictionary<string, Queue<LogEnds>> EndsOf { get; } = [];

    /// <summary>What the brokers say when asked for transactions.</summary>
    public ErrorCode Transactions { get; set; }

    /// <summary>What they say when asked for anything.</summary>
    public string? Silence { get; set; }

    /// <summary>The newest records of the input, with their Kafka timestamps.</summary>
    public List<(string Value, DateTimeOffset Timestamp)> NewestRecords { get; } = [];

    public ClusterView View() => Silence is null
        ? new(ClusterId, Brokers, Topics)
        : throw new KafkaPortException(ErrorCode.Local_Transport, Silence, retriable: true);

    public IReadOnlyDictionary<string, string>? Settings(string topic) =>
        SettingsOf.TryGetValue(topic, out Dictionary<string, string>? settings)
            ? settings
            : new Dictionary<string, string> { ["min.insync.replicas"] = "1", ["max.message.bytes"] = "1048588" };

    public IReadOnlySet<AclOperation>? RightsOnTopic(string topic) => Rights(topic);

    public IReadOnlySet<AclOperation>? RightsOnGroup(string group) => Rights(group);

    public IReadOnlyList<LogEnds> Ends(string topic, int partitions) =>
        !EndsOf.TryGetValue(topic, out Queue<LogEnds>? ends) ? []
        : [ends.Count > 1 ? ends.Dequeue() : ends.Peek()];

    public void ReadNewest(string topic, int partitions, Action<RecordBatch> take)
    {
        var batch = new RecordBatch(8);
        foreach ((string value, DateTimeOffset timestamp) in NewestRecords)
        {
            batch.Add(0, batch.Count, timestamp.ToUnixTimeMilliseconds(), default, Encoding.UTF8.GetBytes(value));
        }

        take(batch);
    }

    public void StartTransactions()
    {
        if (Transactions != ErrorCode.NoError)
        {
            throw new KafkaPortException(Transactions, "planned");
        }
    }

    public void Dispose() => broker.Dispose();

    private IReadOnlySet<AclOperation>? Rights(string name) =>
        RightsOf.TryGetValue(name, out IReadOnlySet<AclOperation>? rights)
            ? rights
            : new HashSet<AclOperation> { AclOperation.Read, AclOperation.Write, AclOperation.Describe };
}
