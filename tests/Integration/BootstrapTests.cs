using Integration.Harness;

namespace Integration;

/// <summary>A deployment that comes to a topic with history, and is to publish only what is new.</summary>
public sealed class BootstrapTests : IDisposable
{
    private const int Late = 300;

    private static readonly (string Key, string Value) Live = ("Output:Emit", "live");

    private readonly TestCluster cluster = new();
    private readonly IReadOnlyList<NabEvent> events = NabSeries.Interleaved(streams: 4, rows: 300);

    public void Dispose() => cluster.Dispose();

    [Fact]
    public async Task Run_EmitLive_PublishesWhatComesAfterTheHistoryAsIfItHadPublishedAll()
    {
        Deployment deployment = await Deployment.CreateAsync(cluster);
        using var sender = new EventSender(cluster, deployment.Input);
        sender.Send(events.SkipLast(Late));
        using var input = new TopicReader(cluster, deployment.Input);
        HashSet<(int, long)> history = [.. input.ReadToEnd().Select(message => (message.Partition, message.Offset))];

        await using DaemonProcess daemon = deployment.Start(Live);
        await daemon.WaitUntilReadyAsync(); // the history is read
        sender.Send(events.TakeLast(Late));
        IReadOnlyList<Forecast> due = DueForecasts.Of(deployment.Input, input.ReadToEnd());
        Forecast[] dueLive = [.. due.Where(forecast => !history.Contains((forecast.Partition, forecast.Offset)))];
        using var forecasts = new TopicReader(cluster, deployment.Output);
        forecasts.ReadUntil(dueLive.Length, daemon);
        Assert.Equal(0, await daemon.StopAsync());

        Published.OnceEach(dueLive, forecasts.ReadToEnd());
        IReadOnlyList<KafkaMessage> all = await AllAsync(deployment, due.Count);
        Published.Same(
            [.. all.Where(message => !history.Contains((message.Partition, Forecast.Read(message).Offset)))],
            forecasts.Messages);
    }

    private async Task<IReadOnlyList<KafkaMessage>> AllAsync(Deployment live, int count)
    {
        Deployment deployment = await Deployment.CreateAsync(cluster, sameInput: live);
        await using DaemonProcess daemon = deployment.Start();
        using var forecasts = new TopicReader(cluster, deployment.Output);
        forecasts.ReadUntil(count, daemon);
        Assert.Equal(0, await daemon.StopAsync());
        return forecasts.ReadToEnd();
    }
}
