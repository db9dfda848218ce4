using System.Text.Json;
using Confluent.Kafka;
using Daemon.Tests.Configuration;
using Streaming.Daemon.Cli;
using Streaming.Daemon.Kafka;

namespace Daemon.Tests.Cli.Doctor;

/// <summary>The command against brokers over sockets. What only real ones do is in the integration suite.</summary>
public sealed class DoctorCommandTests : IDisposable
{
    private readonly EmbeddedCluster cluster = new();
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        folder.Dispose();
        cluster.Dispose();
    }

    [Fact]
    public async Task Doctor_AllIsThere_EndsWith0()
    {
        CreateTopics(("events", 3), ("forecasts", 3), ("app-state", 3), ("app-models", 1), ("app-dead-letters", 1));

        CommandRun run = await Run(cluster.BootstrapServers);

        Assert.True(run.ExitCode == ExitCodes.Ok, run.Error + run.Output);
        Assert.Contains("Nothing stands in the way.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_TopicsMissingAndOfOtherWidth_SaysAllAtOnce()
    {
        CreateTopics(("events", 3), ("forecasts", 5), ("app-models", 1), ("app-dead-letters", 1));

        CommandRun run = await Run(cluster.BootstrapServers, "--json");

        Assert.True(run.ExitCode == ExitCodes.Configuration, run.Error + run.Output);
        Assert.Equal([("topics", "forecasts"), ("topics", "app-state")], Problems(run));
    }

    [Fact]
    public async Task Doctor_RecordsDatedTomorrow_WarnsAndEndsWith0()
    {
        CreateTopics(("events", 3), ("forecasts", 3), ("app-state", 3), ("app-models", 1), ("app-dead-letters", 1));
        using (IProducer<Null, string> producer = new ProducerBuilder<Null, string>(
            new ProducerConfig { BootstrapServers = cluster.BootstrapServers }).Build())
        {
            await producer.ProduceAsync(
                new TopicPartition("events", 2), new() { Value = """{"series":"a","time":"2026-01-01T00:00:00Z","value":1}""", Timestamp = new(DateTime.UtcNow.AddDays(1)) });
        }

        CommandRun run = await Run(cluster.BootstrapServers);

        Assert.True(run.ExitCode == ExitCodes.Ok, run.Error + run.Output);
        Assert.Contains("ahead of this machine's clock", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_NoBroker_EndsWith2AndSaysWhere()
    {
        CommandRun run = await Run("127.0.0.1:1", "--json");

        Assert.True(run.ExitCode == ExitCodes.Configuration, run.Error + run.Output);
        Assert.Equal([("brokers", "127.0.0.1:1")], Problems(run));
    }

    /// <summary>librdkafka makes no client then, and everything else is still told.</summary>
    [Fact]
    public async Task Doctor_ACertificateIsNotThere_SaysSoAndWhatTheClientSays()
    {
        string config = folder.Write(
            "forecaster.json",
            $$"""
            {
              "Kafka": {
                "BootstrapServers": "{{cluster.BootstrapServers}}",
                "Client": { "security.protocol": "ssl", "ssl.ca.location": "/absent/ca.pem" }
              }
            }
            """);

        CommandRun run = await CommandRun.InProcess("doctor", "--json", "--config", config);

        Assert.True(run.ExitCode == ExitCodes.Configuration, run.Error + run.Output);
        Assert.Equal([("certificates", "/absent/ca.pem"), ("brokers", "Kafka:Client")], Problems(run));
    }

    [Fact]
    public async Task Doctor_WrongConfiguration_IsTheErrorsOfCheck()
    {
        CommandRun run = await Run("no address");

        Assert.Equal((ExitCodes.Configuration, ""), (run.ExitCode, run.Output));
        Assert.Contains("Kafka:BootstrapServers", run.Error, StringComparison.Ordinal);
    }

    private void CreateTopics(params (string Topic, int Partitions)[] topics)
    {
        foreach ((string topic, int partitions) in topics)
        {
            cluster.CreateTopic(topic, partitions);
        }
    }

    private Task<CommandRun> Run(string bootstrapServers, params string[] arguments)
    {
        string config = folder.Write(
            "forecaster.json",
            $$"""{ "Application": "app", "Kafka": { "BootstrapServers": "{{bootstrapServers}}" } }""");
        return CommandRun.InProcess(["doctor", .. arguments, "--config", config]);
    }

    private static IEnumerable<(string, string)> Problems(CommandRun run)
    {
        using var report = JsonDocument.Parse(run.Output);
        Assert.False(report.RootElement.GetProperty("healthy").GetBoolean());
        return
        [
            .. report.RootElement.GetProperty("symptoms").EnumerateArray()
                .Where(symptom => symptom.GetProperty("verdict").GetString() == "problem")
                .Select(symptom => (
                    symptom.GetProperty("check").GetString()!, symptom.GetProperty("place").GetString()!)),
        ];
    }
}
