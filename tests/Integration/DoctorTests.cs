using System.Text.Json;
using Confluent.Kafka;
using Integration.Harness;
using Streaming.Contract;

namespace Integration;

/// <summary>What doctor finds on brokers that tell settings and rights, and whose transactions are real.</summary>
public sealed class DoctorTests : IDisposable
{
    private static readonly string[] Doctor = ["doctor", "--json"];

    private readonly TestCluster cluster = new();

    public void Dispose() => cluster.Dispose();

    [TransactionFact]
    public async Task Doctor_WhileADaemonRuns_FindsNoProblem()
    {
        Deployment deployment = await Deployment.CreateAsync(cluster);
        using var sender = new EventSender(cluster, deployment.Input);
        sender.Send(NabSeries.Interleaved(streams: 4, rows: 20));
        using var input = new TopicReader(cluster, deployment.Input);
        using var forecasts = new TopicReader(cluster, deployment.Output);
        await using DaemonProcess daemon = deployment.Start();
        forecasts.ReadUntil(DueForecasts.Of(deployment.Input, input.ReadToEnd()).Count, daemon);

        CommandResult run = await deployment.RunAsync(Doctor);

        Assert.True(run.ExitCode == 0, run.Error + run.Output);
        Assert.Equal(0, await daemon.StopAsync());
    }

    [TransactionFact]
    public async Task Doctor_AStateTopicThatDeletes_NamesItsPolicy()
    {
        Deployment deployment = await Deployment.CreateAsync(cluster, withInputAlone: true);
        await cluster.CreateTopicAsync(deployment.State, Deployment.Partitions);

        CommandResult run = await deployment.RunAsync(Doctor);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(
            Problems(run),
            one => one.Place == deployment.State && one.Todo.Contains("cleanup.policy to compact", StringComparison.Ordinal));
    }

    [TransactionFact]
    public async Task Doctor_ATransactionThatStaysOpen_IsNamedWithItsOffset()
    {
        Deployment deployment = await Deployment.CreateAsync(cluster);
        using IProducer<Null, string> producer = new ProducerBuilder<Null, string>(new ProducerConfig
        {
            BootstrapServers = cluster.BootstrapServers,
            TransactionalId = $"{deployment.Application}-hanging",
            TransactionTimeoutMs = 600_000,
        }).Build();
        producer.InitTransactions(Patience.Limit);
        producer.BeginTransaction();
        await producer.ProduceAsync(
            new TopicPartition(deployment.Input, 1),
            new() { Value = """{"series":"a","time":"2026-01-01T00:00:00Z","value":1}""" });

        CommandResult run = await deployment.RunAsync(Doctor, ("Kafka:TransactionTimeout", "00:00:02"));
        producer.AbortTransaction(Patience.Limit);
        CommandResult after = await deployment.RunAsync(Doctor, ("Kafka:TransactionTimeout", "00:00:02"));

        (string place, string todo) = Assert.Single(Problems(run));
        Assert.Equal($"{deployment.Input}-1", place);
        Assert.Contains("--start-offset 0", todo, StringComparison.Ordinal);
        Assert.True(after.ExitCode == 0, after.Error + after.Output);
    }

    private static IEnumerable<(string Place, string Todo)> Problems(CommandResult run)
    {
        using var report = JsonDocument.Parse(run.Output);
        return
        [
            .. report.RootElement.GetProperty("symptoms").EnumerateArray()
                .Where(symptom => symptom.GetProperty("verdict").GetString() == "problem")
                .Select(symptom => (
                    symptom.GetProperty("place").GetString()!, symptom.GetProperty("todo").GetString()!)),
        ];
    }
}
