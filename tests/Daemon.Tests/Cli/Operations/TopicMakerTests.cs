using Streaming.Daemon.Cli.Operations;
using Streaming.Daemon.Kafka;

namespace Daemon.Tests.Cli.Operations;

public sealed class TopicMakerTests : IDisposable
{
    private static readonly TopicNames Topics = new("in", null, "out", "dead", "state", "models");

    private readonly FakeCluster cluster = new() { Topics = { ["in"] = 6 } };
    private int pauses;

    public void Dispose() => cluster.Dispose();

    [Fact]
    public void Make_SomeAreMissing_MakesTheseAndWaitsUntilTheyAreTold()
    {
        cluster.Topics["models"] = 1;
        cluster.LooksLate = 3;

        IReadOnlyList<TopicFinding> topics = Make(replicationFactor: 3);

        Assert.Equal(
            [
                "create out 6 x3 cleanup.policy=delete", "create state 6 x3 cleanup.policy=compact",
                "create dead 6 x3 cleanup.policy=delete",
            ],
            cluster.Calls);
        Assert.Equal(3, pauses);
        Assert.Equal(
            ["in Fits", "out Created", "state Created", "models Fits", "dead Created"],
            topics.Select(topic => $"{topic.Topic} {topic.Outcome}"));
    }

    [Fact]
    public void Make_ASecondTime_DoesNothing()
    {
        Make();
        cluster.Calls.Clear();

        IReadOnlyList<TopicFinding> topics = Make();

        Assert.Empty(cluster.Calls);
        Assert.All(topics, topic => Assert.Equal(TopicOutcome.Fits, topic.Outcome));
    }

    [Fact]
    public void Make_OnlyTry_HasTheBrokersLookAndLeavesAllAsItIs()
    {
        IReadOnlyList<TopicFinding> topics = Make(onlyTry: true);

        Assert.Equal(4, cluster.Calls.Count);
        Assert.All(cluster.Calls, call => Assert.StartsWith("try ", call, StringComparison.Ordinal));
        Assert.Equal(["in"], cluster.Topics.Keys);
        Assert.Equal(4, topics.Count(topic => topic.Outcome == TopicOutcome.Missing));
    }

    [Fact]
    public void Make_SomethingDiffers_MakesNothing()
    {
        cluster.Topics["out"] = 7;

        IReadOnlyList<TopicFinding> topics = Make();

        Assert.Empty(cluster.Calls);
        Assert.Contains(topics, topic => topic.Outcome == TopicOutcome.Differs);
    }

    [Fact]
    public void Make_NoInput_MakesNothing()
    {
        cluster.Topics.Clear();

        Assert.Single(Make());
        Assert.Empty(cluster.Calls);
    }

    [Fact]
    public void Make_TheBrokersNeverTell_GivesUp()
    {
        cluster.LooksLate = int.MaxValue;

        Assert.Throws<KafkaSetupException>(() => Make());
    }

    private IReadOnlyList<TopicFinding> Make(int replicationFactor = 0, bool onlyTry = false)
    {
        var planner = new TopicPlanner(cluster, Topics, repartitionPartitions: 0, TimeSpan.FromSeconds(1));
        return new TopicMaker(cluster, planner.Plan, replicationFactor, () => pauses++).Make(onlyTry);
    }
}
