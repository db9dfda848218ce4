using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Streaming.Daemon.Kafka;

namespace Integration.Harness;

/// <summary>The brokers of a test: those of <see cref="Variable"/> where it is set, else an embedded cluster.</summary>
/// <remarks>Dispose every client and daemon before it.</remarks>
internal sealed class TestCluster : IDisposable
{
    /// <summary>Environment variable with the brokers to run the suite on.</summary>
    public const string Variable = "KAFKA_BOOTSTRAP_SERVERS";

    private const short InitProducerId = 22;

    private readonly EmbeddedCluster? embedded;
    private readonly List<string> created = [];
    private bool isStopped;

    public TestCluster()
    {
        embedded = IsEmbedded ? new EmbeddedCluster() : null;
        BootstrapServers = embedded?.BootstrapServers ?? Environment.GetEnvironmentVariable(Variable)!;
    }

    /// <summary>Whether tests run on embedded clusters of their own.</summary>
    public static bool IsEmbedded => string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable));

    public string BootstrapServers { get; }

    /// <summary>Stops the brokers, by a crash where they are not embedded.</summary>
    /// <exception cref="InvalidOperationException">This can't be done: see <see cref="StoppableFactAttribute"/>.
    /// </exception>
    public void StopBroker()
    {
        isStopped = true;
        if (embedded is not null)
        {
            embedded.StopBroker(1);
        }
        else
        {
            BrokerCommand.Run("stop");
        }
    }

    /// <inheritdoc cref="StopBroker"/>
    public void StartBroker()
    {
        isStopped = false;
        if (embedded is not null)
        {
            embedded.StartBroker(1);
        }
        else
        {
            BrokerCommand.Run("start");
        }
    }

    /// <summary>Keeps the brokers' answers back until disposed; null where they are not ours and no
    /// <see cref="BrokerCommand"/> is given.</summary>
    public IDisposable? Stall()
    {
        if (embedded is not null)
        {
            embedded.DelayBroker(1, TimeSpan.FromSeconds(3)); // several waits of a test, on a machine in a hurry
            return new Ending(() => embedded.DelayBroker(1, TimeSpan.Zero));
        }

        if (!BrokerCommand.IsGiven)
        {
            return null;
        }

        BrokerCommand.Run("pause");
        return new Ending(() => BrokerCommand.Run("resume"));
    }

    /// <summary>The next client to ask for a producer id is refused for good.</summary>
    public void RefuseOneProducer() => Embedded.FailRequests(InitProducerId, ErrorCode.ClusterAuthorizationFailed);

    /// <summary>Creates a topic that keeps everything, or the last record of each key: records of tests are older than
    /// brokers keep by default.</summary>
    public async Task CreateTopicAsync(string topic, int partitions, bool isCompacted = false)
    {
        if (embedded is not null)
        {
            embedded.CreateTopic(topic, partitions);
            return;
        }

        created.Add(topic);
        using IAdminClient admin = Admin();
        await admin.CreateTopicsAsync(
        [
            new TopicSpecification
            {
                Name = topic,
                NumPartitions = partitions,
                ReplicationFactor = 1,
                Configs = new()
                {
                    ["retention.ms"] = "-1", ["cleanup.policy"] = isCompacted ? "compact" : "delete",
                },
            },
        ]);
    }

    /// <summary>Topics that a test has somebody else make, or not.</summary>
    public void DeleteLater(params string[] topics) => created.AddRange(topics);

    /// <summary>Leaves brokers that are not embedded running, and without the topics created here.</summary>
    public void Dispose()
    {
        if (embedded is not null)
        {
            embedded.Dispose();
            return;
        }

        if (isStopped)
        {
            StartBroker();
        }

        if (created.Count > 0)
        {
            using IAdminClient admin = Admin();
            HashSet<string> there = [.. admin.GetMetadata(Patience.Limit).Topics.Select(topic => topic.Topic)];
            admin.DeleteTopicsAsync(created.Where(there.Contains).Distinct()).Wait();
        }
    }

    private IAdminClient Admin() =>
        new AdminClientBuilder(new AdminClientConfig { BootstrapServers = BootstrapServers }).Build();

    private EmbeddedCluster Embedded =>
        embedded ?? throw new InvalidOperationException("The brokers are not this test's own.");

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
