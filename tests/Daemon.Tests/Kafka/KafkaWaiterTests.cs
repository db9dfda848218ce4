using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Tests.Kafka;

public sealed class KafkaWaiterTests
{
    private static readonly TopicNames Topics = new("in", null, "out", "dead", "state", "models");

    [Fact]
    public async Task WaitAsync_ClusterComesUpSlowly_DoublesThePauseToItsCap()
    {
        var cluster = new ScriptedCluster { FailuresLeft = 4, MissesLeft = 5 };
        var clock = new ImpatientClock();
        var waiter = new KafkaWaiter(cluster, clock, NullLogger.Instance);

        FoundTopics found = await waiter.WaitAsync(Topics, CancellationToken.None);

        Assert.Equal(new(new(3, 3, 3), "cluster", "id of in"), found);
        Assert.Null(waiter.WaitingFor);
        Assert.Equal([0.25, 0.5, 1, 2, 4, 8, 10, 10, 10], clock.PausesSeconds);
    }

    [Theory]
    [InlineData(1, 0, "no broker answers")]
    [InlineData(0, 1, "input topic 'in' does not exist")]
    public async Task WaitingFor_WhileWaiting_SaysWhat(int failures, int misses, string expected)
    {
        var cluster = new ScriptedCluster { FailuresLeft = failures, MissesLeft = misses };
        string? said = null;
        var clock = new ImpatientClock();
        var waiter = new KafkaWaiter(cluster, clock, NullLogger.Instance);
        clock.OnPause = () => said = waiter.WaitingFor;

        await waiter.WaitAsync(Topics, CancellationToken.None);

        Assert.Contains(expected, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitAsync_Cancelled_Ends()
    {
        using var stop = new CancellationTokenSource();
        var clock = new ImpatientClock { OnPause = stop.Cancel };
        var waiter = new KafkaWaiter(new ScriptedCluster { MissesLeft = 1_000 }, clock, NullLogger.Instance);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiter.WaitAsync(Topics, stop.Token));
    }

    [Fact]
    public async Task WaitAsync_RealCluster_SeesTopicsAndCreatesNone()
    {
        using var bed = new PortBed(partitions: 3);
        bed.Cluster.CreateTopic("narrow", 2);
        bed.Cluster.CreateTopic("narrow-state", 2);
        bed.Cluster.CreateTopic("wide", 4);
        bed.Cluster.CreateTopic("fitting", 3);
        using var cluster = new ClusterMetadata(
            new KafkaOptions { BootstrapServers = bed.Cluster.BootstrapServers }, NullLogger.Instance);
        var waiter = new KafkaWaiter(cluster, TimeProvider.System, NullLogger.Instance);

        Assert.Equal(new(3, 3, 3), (await WaitAsync("fitting")).Partitions);
        Assert.Equal(new(3, 3, 2), (await WaitAsync("narrow", "narrow-state")).Partitions); // the input may have grown
        KafkaSetupException thrown = await Assert.ThrowsAsync<KafkaSetupException>(() => WaitAsync("wide"));

        Assert.Contains(
            "'wide' has 4 partitions, input topic 'events' has 3", thrown.Message, StringComparison.Ordinal);

        Task<FoundTopics> WaitAsync(string output, string state = "fitting") =>
            waiter.WaitAsync(new(PortBed.Input, null, output, "fitting", state, "fitting"), CancellationToken.None);
    }

    [Fact]
    public async Task WaitAsync_RealClusterWithoutOutput_WaitsAndCreatesNone()
    {
        using var bed = new PortBed(partitions: 3);
        using var cluster = new ClusterMetadata(
            new KafkaOptions { BootstrapServers = bed.Cluster.BootstrapServers }, NullLogger.Instance);
        using var stop = new CancellationTokenSource();
        var waiter = new KafkaWaiter(cluster, new ImpatientClock { OnPause = stop.Cancel }, NullLogger.Instance);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => waiter.WaitAsync(new(PortBed.Input, null, "absent", "dead", "state", "models"), stop.Token));

        Assert.Contains("output topic 'absent' does not exist", waiter.WaitingFor, StringComparison.Ordinal);
        Assert.DoesNotContain("absent", cluster.PartitionCounts(PortBed.Patience).Keys);
    }

    [Fact]
    public async Task WaitAsync_RealClusterThatCreatesTopics_GetsItsDeadLetterTopic()
    {
        using var bed = new PortBed(partitions: 3);
        bed.Cluster.CreateTopic("fitting", 3);
        using var cluster = new ClusterMetadata(
            new KafkaOptions { BootstrapServers = bed.Cluster.BootstrapServers }, NullLogger.Instance);
        var waiter = new KafkaWaiter(cluster, TimeProvider.System, NullLogger.Instance);

        await waiter.WaitAsync(new(PortBed.Input, null, "fitting", "letters", "fitting", "fitting"), CancellationToken.None);

        Assert.Contains("letters", cluster.PartitionCounts(PortBed.Patience).Keys);
    }

    [Fact]
    public async Task WaitAsync_Repartition_GoesByThePartitionsOfThatTopic()
    {
        using var bed = new PortBed(partitions: 3);
        bed.Cluster.CreateTopic("app-repartition", 2);
        bed.Cluster.CreateTopic("two", 2);
        bed.Cluster.CreateTopic("three", 3);
        using var cluster = new ClusterMetadata(
            new KafkaOptions { BootstrapServers = bed.Cluster.BootstrapServers }, NullLogger.Instance);
        var waiter = new KafkaWaiter(cluster, TimeProvider.System, NullLogger.Instance);
        var topics = new TopicNames(PortBed.Input, "app-repartition", "two", "three", "two", "three");

        Assert.Equal(new(3, 2, 2), (await waiter.WaitAsync(topics, CancellationToken.None)).Partitions);
        KafkaSetupException thrown = await Assert.ThrowsAsync<KafkaSetupException>(
            () => waiter.WaitAsync(topics with { Output = "three" }, CancellationToken.None));

        Assert.Contains(
            "'three' has 3 partitions, repartition topic 'app-repartition' has 2", thrown.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitAsync_RepartitionTopicMissing_WaitsAndSaysHowToCreateIt()
    {
        using var stop = new CancellationTokenSource();
        var waiter = new KafkaWaiter(
            new ScriptedCluster(), new ImpatientClock { OnPause = stop.Cancel }, NullLogger.Instance);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => waiter.WaitAsync(Topics with { Repartition = "app-repartition" }, stop.Token));

        string? reason = waiter.WaitingFor;
        Assert.Contains("repartition topic 'app-repartition' does not exist", reason, StringComparison.Ordinal);
        Assert.Contains("cleanup.policy=delete", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("in", "compact", false)]
    [InlineData("in", "compact,delete", false)]
    [InlineData("in", "delete", true)]
    [InlineData("state", "compact", true)]
    [InlineData("state", "delete", false)]
    [InlineData("state", null, true)]
    [InlineData("models", "compact", true)]
    [InlineData("models", "delete", false)]
    [InlineData("models", "compact,delete", false)]
    [InlineData("out", "compact", true)]
    public async Task WaitAsync_CleanupPolicy_MustFitTheTopic(string topic, string? policy, bool passes)
    {
        var cluster = new ScriptedCluster();
        cluster.Policies[topic] = policy;
        var waiter = new KafkaWaiter(cluster, new ImpatientClock(), NullLogger.Instance);

        Exception? refused = await Record.ExceptionAsync(() => waiter.WaitAsync(Topics, CancellationToken.None));

        Assert.Equal(passes, refused is not KafkaSetupException);
        Assert.True(passes || refused!.Message.StartsWith($"Topic '{topic}' is ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("in")]
    [InlineData("app-repartition")]
    public async Task WaitAsync_RepartitionedAndEitherCompacted_IsRefused(string topic)
    {
        var cluster = new ScriptedCluster();
        cluster.Topics["app-repartition"] = 3;
        cluster.Policies[topic] = "compact";
        var waiter = new KafkaWaiter(cluster, new ImpatientClock(), NullLogger.Instance);

        var e = await Assert.ThrowsAsync<KafkaSetupException>(
            () => waiter.WaitAsync(Topics with { Repartition = "app-repartition" }, CancellationToken.None));

        Assert.StartsWith($"Topic '{topic}' is ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitAsync_StateTopicMissing_WaitsAndSaysHowToCreateIt()
    {
        using var stop = new CancellationTokenSource();
        var waiter = new KafkaWaiter(
            new ScriptedCluster(), new ImpatientClock { OnPause = stop.Cancel }, NullLogger.Instance);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => waiter.WaitAsync(Topics with { State = "app-state" }, stop.Token));

        Assert.Contains(
            "state topic 'app-state' does not exist: create it with 3 partitions and cleanup.policy=compact",
            waiter.WaitingFor, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitAsync_ModelsTopicMissing_WaitsAndSaysHowToCreateIt()
    {
        using var stop = new CancellationTokenSource();
        var cluster = new ScriptedCluster();
        cluster.Topics.Remove("models");
        var waiter = new KafkaWaiter(cluster, new ImpatientClock { OnPause = stop.Cancel }, NullLogger.Instance);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiter.WaitAsync(Topics, stop.Token));

        Assert.Contains(
            "models topic 'models' does not exist: create it with 1 partition and cleanup.policy=compact",
            waiter.WaitingFor, StringComparison.Ordinal);
    }

    private sealed class ScriptedCluster : IClusterMetadata
    {
        public int FailuresLeft { get; set; }

        public int MissesLeft { get; set; }

        public Dictionary<string, string?> Policies { get; } = [];

        public Dictionary<string, int> Topics { get; } =
            new() { ["in"] = 3, ["out"] = 3, ["dead"] = 1, ["state"] = 3, ["models"] = 1 };

        public IReadOnlyDictionary<string, int> PartitionCounts(TimeSpan timeout)
        {
            if (FailuresLeft-- > 0)
            {
                throw new KafkaPortException(ErrorCode.Local_Transport, "planned", retriable: true);
            }

            return MissesLeft-- > 0
                ? new Dictionary<string, int>()
                : Topics;
        }

        public void Ask(string topic, TimeSpan timeout)
        {
        }

        public string ClusterId(TimeSpan timeout) => "cluster";

        public TopicDescription? Describe(string topic, TimeSpan timeout) =>
            new(topic, 3, $"id of {topic}", Policies.GetValueOrDefault(topic));

        public void Dispose()
        {
        }
    }

    /// <summary>Every pause is over at once, but written down.</summary>
    private sealed class ImpatientClock : TimeProvider
    {
        public List<double> PausesSeconds { get; } = [];

        public Action OnPause { get; set; } = () => { };

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            PausesSeconds.Add(dueTime.TotalSeconds);
            OnPause();
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
