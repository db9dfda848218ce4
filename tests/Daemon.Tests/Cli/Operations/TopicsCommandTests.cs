using System.Text.Json;
using Daemon.Tests.Configuration;
using Streaming.Daemon.Cli;
using Streaming.Daemon.Kafka;

namespace Daemon.Tests.Cli.Operations;

/// <summary>The command against brokers over sockets. What only real ones do is in the integration suite.</summary>
public sealed class TopicsCommandTests : IDisposable
{
    private readonly EmbeddedCluster cluster = new();
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        folder.Dispose();
        cluster.Dispose();
    }

    [Fact]
    public async Task Check_SomeAreMissing_NamesThemAndEndsWith2()
    {
        cluster.CreateTopic("events", 3);
        cluster.CreateTopic("app-state", 3);

        CommandRun run = await Check("--json");

        Assert.True(run.ExitCode == ExitCodes.Configuration, run.Error + run.Output);
        using var report = JsonDocument.Parse(run.Output);
        Assert.False(report.RootElement.GetProperty("fits").GetBoolean());
        Assert.Equal(
            [("events", "fits", 3), ("forecasts", "missing", 3), ("app-state", "fits", 3), ("app-models", "missing", 1), ("app-dead-letters", "missing", 3)],
            report.RootElement.GetProperty("topics").EnumerateArray().Select(topic => (
                topic.GetProperty("topic").GetString()!, topic.GetProperty("outcome").GetString()!,
                topic.GetProperty("partitions").GetInt32())));
    }

    [Fact]
    public async Task Check_AllAreThere_EndsWith0()
    {
        foreach ((string topic, int partitions) in new[]
            { ("events", 3), ("forecasts", 3), ("app-state", 3), ("app-models", 1), ("app-dead-letters", 1) })
        {
            cluster.CreateTopic(topic, partitions);
        }

        CommandRun run = await Check();

        Assert.True(run.ExitCode == ExitCodes.Ok, run.Error + run.Output);
        Assert.Matches(@"app-models +models +1 +fits", run.Output);
    }

    [Fact]
    public async Task Check_ATopicDiffers_SaysWhatToDo()
    {
        cluster.CreateTopic("events", 3);
        cluster.CreateTopic("forecasts", 5);

        CommandRun run = await Check();

        Assert.Equal(ExitCodes.Configuration, run.ExitCode);
        Assert.Contains("Create 'forecasts' with 3 partitions, or set Output:Topic", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_OnTheEmbeddedCluster_IsRefused()
    {
        CommandRun run = await Run("create", "--dry-run");

        Assert.Equal(ExitCodes.Failure, run.ExitCode);
        Assert.Contains("embedded cluster", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--replication-factor", "0")]
    [InlineData("--replication-factor", "40000")]
    [InlineData("--repartition-partitions", "many")]
    public async Task Create_ANumberOutOfRange_IsRefused(string option, string value)
    {
        CommandRun run = await Run("create", option, value);

        Assert.Equal(ExitCodes.Configuration, run.ExitCode);
        Assert.Contains(option, run.Error, StringComparison.Ordinal);
    }

    private Task<CommandRun> Check(params string[] arguments) => Run(["check", .. arguments]);

    private Task<CommandRun> Run(params string[] arguments)
    {
        string config = folder.Write(
            "forecaster.json",
            $$"""{ "Application": "app", "Kafka": { "BootstrapServers": "{{cluster.BootstrapServers}}" } }""");
        return CommandRun.InProcess(["topics", .. arguments, "--config", config]);
    }
}
