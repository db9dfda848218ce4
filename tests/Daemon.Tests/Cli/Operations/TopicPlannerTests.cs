using Streaming.Daemon.Cli.Operations;
using Streaming.Daemon.Kafka;

namespace Daemon.Tests.Cli.Operations;

public sealed class TopicPlannerTests : IDisposable
{
    private static readonly TopicNames Plain = new("in", null, "out", "dead", "state", "models");
    private static readonly TopicNames Repartitioned = Plain with { Repartition = "app-repartition" };

    private readonly FakeCluster cluster = new() { Topics = { ["in"] = 6 } };

    public void Dispose() => cluster.Dispose();

    [Fact]
    public void Plan_InputAlone_WantsTheOthersAlignedWithIt()
    {
        Assert.Equal(
            [
                "in Input Fits 6", "out Forecasts Missing 6 cleanup.policy=delete",
                "state State Missing 6 cleanup.policy=compact", "models Models Missing 1 cleanup.policy=compact",
                "dead DeadLetters Missing 6 cleanup.policy=delete",
            ],
            Texts(Plan(Plain)));
    }

    [Theory]
    [InlineData(0, 6)]
    [InlineData(12, 12)]
    public void Plan_Repartitioned_AlignsWithTheTopicInBetween(int asked, int partitions)
    {
        IReadOnlyList<TopicFinding> plan = Plan(Repartitioned, asked);

        Assert.Equal(
            [
                $"app-repartition Repartition Missing {partitions} cleanup.policy=delete retention.ms=-1 "
                + "retention.bytes=1073741824",
                $"out Forecasts Missing {partitions} cleanup.policy=delete",
                $"state State Missing {partitions} cleanup.policy=compact",
            ],
            Texts(plan.Skip(1).Take(3)));
    }

    /// <summary>The number of partitions of the topic in between never changes: what is asked for comes too late.</summary>
    [Fact]
    public void Plan_RepartitionTopicIsThere_KeepsItsPartitions()
    {
        cluster.Topics["app-repartition"] = 4;

        IReadOnlyList<TopicFinding> plan = Plan(Repartitioned, repartitionPartitions: 12);

        Assert.Equal(["app-repartition Repartition Fits 4", "out Forecasts Missing 4 cleanup.policy=delete"], Texts(plan.Skip(1).Take(2)));
    }

    [Fact]
    public void Plan_NoInput_SaysThatAllElseFollowsFromIt()
    {
        cluster.Topics.Clear();

        TopicFinding input = Assert.Single(Plan(Plain));

        Assert.Equal((TopicRole.Input, TopicOutcome.Missing, null), (input.Role, input.Outcome, input.Settings));
        Assert.Contains("may not be read by this user", input.Todo, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("out", 7, "", "'out' has 7 partitions, input topic 'in' has 6")]
    [InlineData("state", 3, "", "Delete 'state' and create it with 6")]
    [InlineData("state", 6, "compact,delete", "cleanup.policy to compact")]
    [InlineData("models", 1, "delete", "it would lose the version in force")]
    [InlineData("in", 6, "compact", "cleanup.policy to delete")]
    public void Plan_SomethingIsNotAsItMustBe_SaysWhatToDo(string topic, int partitions, string policy, string expected)
    {
        FillUp(Plain);
        cluster.Topics[topic] = partitions;
        cluster.Policies[topic] = policy.Length == 0 ? "compact" : policy;
        cluster.Policies.Remove("out");

        TopicFinding found = Assert.Single(Plan(Plain), finding => finding.Outcome != TopicOutcome.Fits);

        Assert.Equal((topic, TopicOutcome.Differs), (found.Topic, found.Outcome));
        Assert.Contains(expected, found.Todo, StringComparison.Ordinal);
    }

    /// <summary>The daemon starts on these, too: lanes leave partitions alone that have come later.</summary>
    [Fact]
    public void Plan_InputHasGrown_Fits()
    {
        FillUp(Plain);
        cluster.Topics["in"] = 9;

        Assert.All(Plan(Plain), finding => Assert.Equal(TopicOutcome.Fits, finding.Outcome));
    }

    [Fact]
    public void Plan_RepartitionedAndOutputTooNarrow_IsNamed()
    {
        FillUp(Repartitioned);
        cluster.Topics["out"] = 3;

        TopicFinding found = Plan(Repartitioned).Single(finding => finding.Topic == "out");

        Assert.Contains("repartition topic 'app-repartition' has 6", found.Todo, StringComparison.Ordinal);
    }

    private void FillUp(TopicNames topics)
    {
        foreach (TopicFinding finding in Plan(topics))
        {
            cluster.Topics[finding.Topic] = finding.Partitions!.Value;
        }
    }

    private IReadOnlyList<TopicFinding> Plan(TopicNames topics, int repartitionPartitions = 0) =>
        new TopicPlanner(cluster, topics, repartitionPartitions, TimeSpan.FromSeconds(1)).Plan();

    private static IEnumerable<string> Texts(IEnumerable<TopicFinding> findings) => findings.Select(finding => string.Join(
        ' ',
        new[] { finding.Topic, $"{finding.Role}", $"{finding.Outcome}", $"{finding.Partitions}" }.Concat(
            finding.Settings?.Select(setting => $"{setting.Key}={setting.Value}") ?? [])));
}
