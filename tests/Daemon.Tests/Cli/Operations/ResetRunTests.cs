using Confluent.Kafka;
using Streaming.Daemon.Cli.Operations;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;

namespace Daemon.Tests.Cli.Operations;

public sealed class ResetRunTests
{
    private static readonly ResetPlan Plan = new(
        "app", "cluster", [new("app", []), new("app-repartition", [])], new("app-state", [(0, [0])], [7]),
        new("app-models", [(0, [1])], [3]), new("app-repartition", [new(0, 9)], 9), [], "earliest", EmitMode.All);

    [Fact]
    public void Execute_NobodyThere_DropsStateFirstAndGroupsLast()
    {
        var admin = new RecordingAdmin();

        Run(admin).Execute(Plan);

        Assert.Equal(
            [
                "members app", "members app-repartition", "nulls app-state app-models", "records app-repartition",
                "group app", "group app-repartition",
            ],
            admin.Calls);
    }

    [Theory]
    [InlineData("app")]
    [InlineData("app-repartition")]
    public void Execute_SomebodyHasJoinedSince_ChangesNothing(string group)
    {
        var admin = new RecordingAdmin { Busy = group };

        var e = Assert.Throws<KafkaSetupException>(() => Run(admin).Execute(Plan));

        Assert.Contains($"'{group}' has 1 members (pod-0 at /10.0.0.1)", e.Message, StringComparison.Ordinal);
        Assert.All(admin.Calls, call => Assert.StartsWith("members", call, StringComparison.Ordinal));
    }

    [Fact]
    public void Execute_StateWasWrittenSince_ChangesNothing()
    {
        var admin = new RecordingAdmin();

        Assert.Throws<KafkaSetupException>(() => Run(admin, end: 8).Execute(Plan));

        Assert.All(admin.Calls, call => Assert.StartsWith("members", call, StringComparison.Ordinal));
    }

    [Fact]
    public void Execute_SomebodyJoinsInBetween_AsksForAnotherRun()
    {
        var e = Assert.Throws<KafkaSetupException>(() => Run(new RecordingAdmin { Joined = "app" }).Execute(Plan));

        Assert.Contains("run the reset again", e.Message, StringComparison.Ordinal);
    }

    private static ResetRun Run(RecordingAdmin admin, long? end = null) => new(
        admin, content => end is null ? content.Ends : [end.Value],
        contents => admin.Calls.Add($"nulls {string.Join(' ', contents.Select(content => content.Topic))}"));

    private sealed class RecordingAdmin : IClusterAdmin
    {
        public List<string> Calls { get; } = [];

        public string? Busy { get; init; }

        public string? Joined { get; init; }

        public IReadOnlyList<string> Members(string group)
        {
            Calls.Add($"members {group}");
            return group == Busy ? ["pod-0 at /10.0.0.1"] : [];
        }

        public void DeleteGroup(string group)
        {
            Calls.Add($"group {group}");
            if (group == Joined)
            {
                throw new KafkaPortException(ErrorCode.NonEmptyGroup, "not empty");
            }
        }

        public void DeleteRecords(string topic, IReadOnlyList<PartitionOffset> before) => Calls.Add($"records {topic}");

        public void CreateTopic(NewTopic topic, int replicationFactor, bool onlyTry) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
