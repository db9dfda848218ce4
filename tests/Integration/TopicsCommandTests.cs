using System.Text.Json;
using Integration.Harness;
using Streaming.Contract;
using Streaming.Daemon.Kafka;
using Microsoft.Extensions.Logging.Abstractions;

namespace Integration;

/// <summary>Topics that the command makes are those that the daemon starts on.</summary>
public sealed class TopicsCommandTests : IDisposable
{
    private readonly TestCluster cluster = new();

    public void Dispose() => cluster.Dispose();

    [TransactionFact]
    public async Task Create_InputAlone_MakesWhatTheDaemonNeedsAndASecondTimeNothing()
    {
        Deployment deployment = await Deployment.CreateAsync(cluster, withInputAlone: true);
        using var sender = new EventSender(cluster, deployment.Input);
        sender.Send(NabSeries.Interleaved(streams: 4, rows: 20));

        CommandResult tried = await deployment.RunAsync(["topics", "create", "--dry-run", "--json"]);
        CommandResult missing = await deployment.RunAsync(["topics", "check"]);
        CommandResult created = await deployment.RunAsync(["topics", "create", "--json"]);
        CommandResult again = await deployment.RunAsync(["topics", "create", "--json"]);
        CommandResult check = await deployment.RunAsync(["topics", "check"]);

        Assert.True(tried.ExitCode == 0, tried.Error + tried.Output);
        Assert.Equal(["fits", "missing", "missing", "missing", "missing"], Outcomes(tried));
        Assert.Equal(2, missing.ExitCode);
        Assert.True(created.ExitCode == 0, created.Error + created.Output);
        Assert.Equal(["fits", "created", "created", "created", "created"], Outcomes(created));
        Assert.Equal(["fits", "fits", "fits", "fits", "fits"], Outcomes(again));
        Assert.Equal((0, 0), (again.ExitCode, check.ExitCode));
        using var input = new TopicReader(cluster, deployment.Input);
        using var forecasts = new TopicReader(cluster, deployment.Output);
        await using DaemonProcess daemon = deployment.Start();
        forecasts.ReadUntil(DueForecasts.Of(deployment.Input, input.ReadToEnd()).Count, daemon);
        Assert.Equal(0, await daemon.StopAsync());
    }

    [TransactionFact]
    public async Task Create_Repartitioned_MakesTheTopicInBetweenWithItsSettings()
    {
        Deployment deployment = await Deployment.CreateAsync(cluster, withInputAlone: true);

        CommandResult created = await deployment.RunAsync(
            ["topics", "create", "--repartition-partitions", "3"], ("Input:Repartition", "on"));

        Assert.True(created.ExitCode == 0, created.Error + created.Output);
        using var metadata = new ClusterMetadata(new() { BootstrapServers = cluster.BootstrapServers }, NullLogger.Instance);
        Assert.Equal((3, "delete"), Found($"{deployment.Application}-repartition"));
        Assert.Equal((3, "delete"), Found(deployment.Output));
        Assert.Equal((3, "compact"), Found(deployment.State));
        Assert.Equal((1, "compact"), Found(deployment.Models));

        (int?, string?) Found(string topic)
        {
            TopicDescription? found = metadata.Describe(topic, Patience.Limit);
            return (found?.Partitions, found?.CleanupPolicy);
        }
    }

    [TransactionFact]
    public async Task Create_ATopicThatDiffers_MakesNothing()
    {
        Deployment deployment = await Deployment.CreateAsync(cluster, withInputAlone: true);
        await cluster.CreateTopicAsync(deployment.State, Deployment.Partitions); // not compacted

        CommandResult created = await deployment.RunAsync(["topics", "create", "--json"]);

        Assert.Equal(2, created.ExitCode);
        Assert.Equal(["fits", "missing", "differs", "missing", "missing"], Outcomes(created));
        using var metadata = new ClusterMetadata(new() { BootstrapServers = cluster.BootstrapServers }, NullLogger.Instance);
        Assert.Null(metadata.Describe(deployment.Output, Patience.Limit));
    }

    private static string[] Outcomes(CommandResult result)
    {
        using var report = JsonDocument.Parse(result.Output);
        return
        [
            .. report.RootElement.GetProperty("topics").EnumerateArray()
                .Select(topic => topic.GetProperty("outcome").GetString()!),
        ];
    }
}
