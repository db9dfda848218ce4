using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Tests.Kafka;

public sealed class ClientPropertiesTests
{
    [Fact]
    public void Consumer_CustomProperties_TheMoreSpecificWins()
    {
        ForecasterOptions options = Options(new KafkaOptions
        {
            Client = new Dictionary<string, string> { ["fetch.queue.backoff.ms"] = "20", ["client.id"] = "mine" },
            Consumer = new Dictionary<string, string> { ["fetch.queue.backoff.ms"] = "30" },
        });

        Dictionary<string, string> properties = ClientProperties.Consumer(options.Kafka, GroupMember.Lane(options, 2));

        Assert.Equal("30", properties["fetch.queue.backoff.ms"]);
        Assert.Equal("mine", properties["client.id"]);
    }

    [Fact]
    public void Consumer_ClassicStatic_NamesTheLane()
    {
        ForecasterOptions options = Options(new KafkaOptions { InstanceId = "pod-3" });

        Dictionary<string, string> properties = ClientProperties.Consumer(options.Kafka, GroupMember.Lane(options, 2));

        Assert.Equal("cooperative-sticky", properties["partition.assignment.strategy"]);
        Assert.Equal("pod-3-2", properties["group.instance.id"]);
        Assert.Equal("forecaster", properties["group.id"]);
    }

    [Fact]
    public void Consumer_Repartitioner_HasAGroupAndANameOfItsOwn()
    {
        ForecasterOptions options = Options(new KafkaOptions { InstanceId = "pod-3" });

        Dictionary<string, string> properties = ClientProperties.Consumer(
            options.Kafka, GroupMember.Repartitioner(options, 2));

        Assert.Equal("forecaster-repartition", properties["group.id"]);
        Assert.Equal("pod-3-repartition-2", properties["group.instance.id"]);
        Assert.Equal("pod-3-repartition-2", properties["client.id"]);
    }

    /// <summary>librdkafka refuses these when the broker decides them.</summary>
    [Theory]
    [InlineData("session.timeout.ms")]
    [InlineData("heartbeat.interval.ms")]
    [InlineData("partition.assignment.strategy")]
    [InlineData("group.instance.id")]
    public void Consumer_ConsumerProtocol_LeavesClassicSettingsOut(string name)
    {
        ForecasterOptions options = Options(new KafkaOptions { GroupProtocol = GroupProtocol.Consumer });

        Assert.DoesNotContain(name, ClientProperties.Consumer(options.Kafka, GroupMember.Lane(options, 0)).Keys);
    }

    [Fact]
    public void Check_EveryReservedProperty_IsRefusedInEverySection()
    {
        var all = ReservedProperties.Reasons.Keys.ToDictionary(name => name, _ => "x");
        var options = new KafkaOptions { Client = all, Consumer = all, Producer = all };

        Assert.Equal(3 * all.Count, ReservedProperties.Check(options).Count());
        Assert.Empty(ReservedProperties.Check(new KafkaOptions()));
    }

    /// <summary>What a promise hangs on is in the list of what may not be set.</summary>
    [Theory]
    [InlineData("enable.auto.commit")]
    [InlineData("enable.auto.offset.store")]
    [InlineData("enable.idempotence")]
    [InlineData("acks")]
    [InlineData("message.timeout.ms")]
    [InlineData("delivery.report.only.error")]
    [InlineData("partitioner")]
    [InlineData("isolation.level")]
    [InlineData("transactional.id")]
    [InlineData("transaction.timeout.ms")]
    public void Reasons_PromiseBearing_AreSetByUsAndReserved(string name)
    {
        ForecasterOptions options = Options(new KafkaOptions());
        GroupMember member = GroupMember.Lane(options, 0);

        Assert.Contains(name, ReservedProperties.Reasons.Keys);
        Assert.True(
            ClientProperties.Consumer(options.Kafka, member).ContainsKey(name)
            || ClientProperties.Producer(options.Kafka, member, DeliveryMode.ExactlyOnce).ContainsKey(name));
    }

    [Fact]
    public void Producer_ExactlyOnce_IsNamedAndWaitsForNoMessageLongerThanForItsTransaction()
    {
        var kafka = new KafkaOptions { InstanceId = "pod-3", TransactionTimeout = TimeSpan.FromSeconds(7) };
        GroupMember member = GroupMember.Lane(Options(kafka) with { Application = "app" }, 2);

        Dictionary<string, string> properties = ClientProperties.Producer(kafka, member, DeliveryMode.ExactlyOnce);

        Assert.Equal("app-pod-3-2", properties["transactional.id"]);
        Assert.Equal("7000", properties["transaction.timeout.ms"]);
        Assert.Equal("7000", properties["message.timeout.ms"]);
        Assert.All(
            ["transactional.id", "transaction.timeout.ms"],
            name => Assert.DoesNotContain(
                name, ClientProperties.Producer(kafka, member, DeliveryMode.AtLeastOnce).Keys));
    }

    [Fact]
    public void Reader_StaticMember_IsNoneAndNeverSkips()
    {
        ForecasterOptions options = Options(new KafkaOptions { InstanceId = "pod-3" });

        Dictionary<string, string> properties = ClientProperties.Reader(options.Kafka, GroupMember.Lane(options, 2));

        Assert.DoesNotContain("group.instance.id", properties.Keys);
        Assert.Equal("error", properties["auto.offset.reset"]);
        Assert.Equal("read_committed", properties["isolation.level"]);
        Assert.Equal("pod-3-2-reader", properties["client.id"]);
    }

    private static ForecasterOptions Options(KafkaOptions kafka) =>
        new() { Kafka = kafka with { BootstrapServers = "localhost:9092" } };
}
