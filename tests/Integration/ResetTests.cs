using Integration.Harness;
using Streaming.Contract;

namespace Integration;

/// <summary>A deployment that is reset begins anew; one that runs is left alone.</summary>
public sealed class ResetTests : IDisposable
{
    private static readonly (string, string)[] OtherNetwork = [("Model:Hidden", "16"), ("Model:Pretrained", "false")];

    private readonly TestCluster cluster = new();

    public void Dispose() => cluster.Dispose();

    [TransactionFact]
    public async Task Reset_AStoppedDeployment_PublishesTheSameOnceMore()
    {
        Deployment deployment = await SentAsync();
        using var forecasts = new TopicReader(cluster, deployment.Output);
        IReadOnlyList<KafkaMessage> first = await RunAsync(deployment, forecasts, times: 1);

        CommandResult reset = await deployment.RunAsync(["reset", "--yes"]);

        Assert.True(reset.ExitCode == 0, reset.Error + reset.Output);
        CommandResult state = await deployment.RunAsync(["state", "inspect", "--json"]);
        Assert.Contains("\"goesOn\": \"cold\"", state.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("marker", state.Output, StringComparison.Ordinal);
        IReadOnlyList<KafkaMessage> both = await RunAsync(deployment, forecasts, times: 2);
        Published.Same(first, [.. both.Skip(first.Count)]);
        CommandResult again = await deployment.RunAsync(["reset", "--yes"]);
        Assert.Equal(0, again.ExitCode);
    }

    [TransactionFact]
    public async Task Reset_Repartitioned_DropsWhatWaitsInBetween()
    {
        Deployment deployment = await SentAsync();
        (string, string) repartition = ("Input:Repartition", "on");
        using var forecasts = new TopicReader(cluster, deployment.Output);
        IReadOnlyList<KafkaMessage> first = await RunAsync(deployment, forecasts, times: 1, repartition);

        CommandResult reset = await deployment.RunAsync(["reset", "--yes"], repartition);

        Assert.True(reset.ExitCode == 0, reset.Error + reset.Output);
        IReadOnlyList<KafkaMessage> both = await RunAsync(deployment, forecasts, times: 2, repartition);
        Assert.Equal(Bytes(first), Bytes(both.Skip(first.Count)));
    }

    [TransactionFact]
    public async Task Reset_WhatAStartRefuses_GoesOnAfterwards()
    {
        Deployment deployment = await SentAsync();
        using var forecasts = new TopicReader(cluster, deployment.Output);
        await RunAsync(deployment, forecasts, times: 1);
        await using (DaemonProcess refused = deployment.Start(OtherNetwork))
        {
            Assert.Equal(1, await refused.EndAsync());
            Assert.Contains("'forecaster reset", refused.Log, StringComparison.Ordinal);
        }

        CommandResult reset = await deployment.RunAsync(["reset", "--models", "--yes"], OtherNetwork);

        Assert.True(reset.ExitCode == 0, reset.Error + reset.Output);
        await RunAsync(deployment, forecasts, times: 2, OtherNetwork);
    }

    [TransactionFact]
    public async Task Reset_NotToBeDone_ChangesNothing()
    {
        Deployment deployment = await SentAsync();
        using var forecasts = new TopicReader(cluster, deployment.Output);
        await RunAsync(deployment, forecasts, times: 1);
        string before = (await deployment.RunAsync(["state", "inspect", "--json"])).Output;

        CommandResult shown = await deployment.RunAsync(["reset", "--dry-run"]);
        CommandResult unconfirmed = await deployment.RunAsync(["reset"]);
        CommandResult meanwhile;
        await using (DaemonProcess daemon = deployment.Start())
        {
            await daemon.WaitUntilReadyAsync();
            meanwhile = await deployment.RunAsync(["reset", "--yes"]);
            Assert.Equal(0, await daemon.StopAsync());
        }

        Assert.Equal((0, 1, 1), (shown.ExitCode, unconfirmed.ExitCode, meanwhile.ExitCode));
        Assert.Contains("Reads from", shown.Output, StringComparison.Ordinal);
        Assert.Contains("nothing was changed", unconfirmed.Error, StringComparison.Ordinal);
        Assert.Contains("has 1 members (daemon-", meanwhile.Error, StringComparison.Ordinal);
        Assert.Contains("\"goesOn\": \"on\"", before, StringComparison.Ordinal);
        string after = (await deployment.RunAsync(["state", "inspect", "--json"])).Output;
        Assert.DoesNotContain("cold", after, StringComparison.Ordinal);
        Assert.DoesNotContain("refused", after, StringComparison.Ordinal);
    }

    private async Task<Deployment> SentAsync()
    {
        Deployment deployment = await Deployment.CreateAsync(cluster);
        using var sender = new EventSender(cluster, deployment.Input);
        sender.Send(NabSeries.Interleaved(streams: 8, rows: 60));
        return deployment;
    }

    /// <summary>Runs a daemon until all forecasts that are due are there so many times.</summary>
    private async Task<IReadOnlyList<KafkaMessage>> RunAsync(
        Deployment deployment, TopicReader forecasts, int times, params (string Key, string Value)[] settings)
    {
        using var input = new TopicReader(cluster, deployment.Input);
        IReadOnlyList<Forecast> due = DueForecasts.Of(deployment.Input, input.ReadToEnd());
        await using DaemonProcess daemon = deployment.Start(settings);
        forecasts.ReadUntil(times * due.Count, daemon);
        Assert.Equal(0, await daemon.StopAsync());
        IReadOnlyList<KafkaMessage> all = [.. forecasts.ReadToEnd()];
        Assert.Equal(times * due.Count, all.Count);
        return all;
    }

    private static IEnumerable<string> Bytes(IEnumerable<KafkaMessage> messages) =>
        messages.Select(message => message.ValueText).Order(StringComparer.Ordinal);
}
