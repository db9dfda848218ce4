using Integration.Harness;

namespace Integration;

/// <summary>Daemons that share one group, and lanes that share one process.</summary>
public sealed class GroupTests : IDisposable
{
    private readonly TestCluster cluster = new();

    public void Dispose() => cluster.Dispose();

    [Fact]
    public async Task Run_TwoDaemonsOneLeaves_TheOtherGoesOnAndNothingIsLost()
    {
        IReadOnlyList<NabEvent> events = NabSeries.Interleaved(streams: 8, rows: 500);
        Deployment deployment = await Deployment.CreateAsync(cluster);
        using var sender = new EventSender(cluster, deployment.Input);
        using var forecasts = new TopicReader(cluster, deployment.Output);
        await using DaemonProcess stays = deployment.Start(), leaves = deployment.Start();
        await Task.WhenAll(HasPartitionsAsync(stays), HasPartitionsAsync(leaves));

        Task sending = sender.SendSteadilyAsync(events.SkipLast(400));
        forecasts.ReadUntil(500, stays);
        Assert.Equal(0, await leaves.StopAsync());
        await sending;
        sender.Send(events.TakeLast(400));

        using var input = new TopicReader(cluster, deployment.Input);
        IReadOnlyList<Forecast> due = DueForecasts.Of(deployment.Input, input.ReadToEnd());
        forecasts.ReadUntilDistinct(due.Count, stays);
        Assert.Equal(0, await stays.StopAsync());
        IReadOnlyList<KafkaMessage> published = Published.AtLeastOnceEach(due, forecasts.ReadToEnd());
        Published.Same(await RunAloneAsync(deployment, due.Count), published);
    }

    [Fact]
    public async Task Run_AnyLanesAndBatches_PublishesTheSameBytes()
    {
        Deployment first = await Deployment.CreateAsync(cluster);
        using var sender = new EventSender(cluster, first.Input);
        sender.Send(NabSeries.Interleaved(streams: 8, rows: 300));
        using var input = new TopicReader(cluster, first.Input);
        IReadOnlyList<Forecast> due = DueForecasts.Of(first.Input, input.ReadToEnd());

        IReadOnlyList<KafkaMessage> expected = await RunAloneAsync(first, due.Count);

        Published.OnceEach(due, expected);
        Published.Same(expected, await RunAloneAsync(first, due.Count, ("Pipeline:Lanes", "2")));
        Published.Same(expected, await RunAloneAsync(first, due.Count, ("Pipeline:GatherRecords", "1")));
        Published.Same(
            expected,
            await RunAloneAsync(first, due.Count, ("Pipeline:Lanes", "3"), ("Pipeline:GatherRecords", "37")));
    }

    private static Task<string> HasPartitionsAsync(DaemonProcess daemon) => daemon.WaitForAsync(
        "/metrics",
        (_, body) => Metrics.Parse(body).TryGetValue("forecaster_task_state{state=\"running\"}", out double tasks)
            && tasks > 0 && tasks < Deployment.Partitions);

    /// <summary>A deployment of its own on the same events, in one run.</summary>
    private async Task<IReadOnlyList<KafkaMessage>> RunAloneAsync(
        Deployment like, int due, params (string Key, string Value)[] settings)
    {
        Deployment deployment = await Deployment.CreateAsync(cluster, sameInput: like);
        await using DaemonProcess daemon = deployment.Start(settings);
        using var forecasts = new TopicReader(cluster, deployment.Output);
        forecasts.ReadUntil(due, daemon);
        Assert.Equal(0, await daemon.StopAsync());
        return forecasts.ReadToEnd();
    }
}
