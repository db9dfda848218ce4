using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Integration.Harness;
using Microsoft.Extensions.Logging.Abstractions;
using Streaming.Contract;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;

namespace Integration.Contract;

/// <summary>What brokers tell of themselves and their topics.</summary>
public sealed class ClusterMetadataTests : IDisposable
{
    private readonly TestCluster cluster = new();
    private readonly ClusterMetadata metadata;
    private readonly List<string> created = [];

    public ClusterMetadataTests() => metadata = Open();

    public void Dispose()
    {
        if (created.Count > 0)
        {
            using IAdminClient admin = Admin();
            admin.DeleteTopicsAsync(created.Distinct()).Wait();
        }

        metadata.Dispose();
        cluster.Dispose();
    }

    [Fact]
    public void ClusterId_AskedByTwo_IsTheSame()
    {
        using ClusterMetadata other = Open();

        Assert.NotEmpty(metadata.ClusterId(Patience.Limit));
        Assert.Equal(metadata.ClusterId(Patience.Limit), other.ClusterId(Patience.Limit));
    }

    [TransactionFact]
    public async Task Describe_TopicsOfEveryPolicy_TellsIt()
    {
        foreach (string? policy in new[] { null, "delete", "compact", "compact,delete" })
        {
            string topic = $"described-{Guid.NewGuid():N}";
            await CreateAsync(topic, partitions: 3, policy);

            var found = metadata.Describe(topic, Patience.Limit);

            Assert.Equal((topic, 3, policy ?? "delete"), (found?.Name, found?.Partitions, found?.CleanupPolicy));
        }
    }

    [TransactionFact]
    public async Task Describe_TopicMadeAnew_HasAnotherId()
    {
        string topic = $"described-{Guid.NewGuid():N}";
        await CreateAsync(topic, partitions: 1, policy: null);
        string? first = metadata.Describe(topic, Patience.Limit)?.Id;
        Assert.Equal(first, metadata.Describe(topic, Patience.Limit)?.Id);
        using IAdminClient admin = Admin();
        await admin.DeleteTopicsAsync([topic]);
        await Patience.UntilAsync(
            () => Task.FromResult(metadata.Describe(topic, Patience.Limit) is null), () => "still there");
        await CreateAsync(topic, partitions: 1, policy: null);

        string? second = metadata.Describe(topic, Patience.Limit)?.Id;

        Assert.False(string.IsNullOrEmpty(first) || string.IsNullOrEmpty(second));
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void Describe_NoSuchTopic_IsNullAndCreatesNone()
    {
        string topic = $"absent-{Guid.NewGuid():N}";

        Assert.Null(metadata.Describe(topic, Patience.Limit));
        Assert.DoesNotContain(topic, metadata.PartitionCounts(Patience.Limit).Keys);
    }

    private async Task CreateAsync(string topic, int partitions, string? policy)
    {
        created.Add(topic);
        using IAdminClient admin = Admin();
        await admin.CreateTopicsAsync(
        [
            new TopicSpecification
            {
                Name = topic,
                NumPartitions = partitions,
                ReplicationFactor = 1,
                Configs = policy is null ? [] : new() { ["cleanup.policy"] = policy },
            },
        ]);
    }

    private ClusterMetadata Open() =>
        new(new KafkaOptions { BootstrapServers = cluster.BootstrapServers }, NullLogger.Instance);

    private IAdminClient Admin() =>
        new AdminClientBuilder(new AdminClientConfig { BootstrapServers = cluster.BootstrapServers }).Build();
}
