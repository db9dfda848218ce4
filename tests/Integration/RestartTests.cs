using Integration.Harness;

namespace Integration;

/// <summary>A daemon that ends in mid-stream, and the one that goes on in its place.</summary>
public sealed class RestartTests : IDisposable
{
    private const int Left = 400, Seen = 200;

    /// <summary>Under this protocol the daemon says after how long a dead one's partitions move.</summary>
    private static readonly (string Key, string Value) Classic = ("Kafka:GroupProtocol", "classic");

    private readonly TestCluster cluster = new();
    private readonly IReadOnlyList<NabEvent> events = NabSeries.Interleaved(streams: 4, rows: 700);

    public void Dispose() => cluster.Dispose();

    [Fact]
    public async Task Run_SigtermInMidStream_NextGoesOnAsIfNothingHadHappened()
    {
        Deployment deployment = await Deployment.CreateAsync(cluster);

        (IReadOnlyList<Forecast> due, IReadOnlyList<KafkaMessage> forecasts) = await RunInTwoAsync(
            deployment, async first => Assert.Equal(0, await first.StopAsync()));

        Published.OnceEach(due, forecasts);
        Published.Same(await UninterruptedAsync(deployment, due), forecasts);
    }

    [Fact]
    public async Task Run_SigkillInMidStream_NextLosesNothingAndRepeatsTheSameBytes()
    {
        Deployment deployment = await Deployment.CreateAsync(cluster);

        (IReadOnlyList<Forecast> due, IReadOnlyList<KafkaMessage> forecasts) = await RunInTwoAsync(
            deployment, first => first.KillAsync(), Classic);

        Published.Same(await UninterruptedAsync(deployment, due), Published.AtLeastOnceEach(due, forecasts));
    }

    /// <summary>Events keep coming while the first daemon ends; a second one finishes.</summary>
    private async Task<(IReadOnlyList<Forecast> Due, IReadOnlyList<KafkaMessage> Forecasts)> RunInTwoAsync(
        Deployment deployment, Func<DaemonProcess, Task> endAsync, params (string Key, string Value)[] settings)
    {
        using var sender = new EventSender(cluster, deployment.Input);
        using var forecasts = new TopicReader(cluster, deployment.Output);
        Task sending;
        await using (DaemonProcess first = deployment.Start(settings))
        {
            await first.WaitUntilReadyAsync();
            sending = sender.SendSteadilyAsync(events.SkipLast(Left));
            forecasts.ReadUntil(Seen, first);
            await endAsync(first);
        }

        await sending;
        sender.Send(events.TakeLast(Left));
        using var input = new TopicReader(cluster, deployment.Input);
        IReadOnlyList<Forecast> due = DueForecasts.Of(deployment.Input, input.ReadToEnd());
        Assert.InRange(forecasts.ReadToEnd().Count, Seen, due.Count - 1);
        return (due, await FinishAsync(deployment, forecasts, due, settings));
    }

    private async Task<IReadOnlyList<KafkaMessage>> UninterruptedAsync(
        Deployment interrupted, IReadOnlyList<Forecast> due)
    {
        Deployment deployment = await Deployment.CreateAsync(cluster, sameInput: interrupted);
        using var forecasts = new TopicReader(cluster, deployment.Output);
        return await FinishAsync(deployment, forecasts, due);
    }

    private static async Task<IReadOnlyList<KafkaMessage>> FinishAsync(
        Deployment deployment, TopicReader forecasts, IReadOnlyList<Forecast> due,
        params (string Key, string Value)[] settings)
    {
        await using DaemonProcess daemon = deployment.Start(settings);
        forecasts.ReadUntilDistinct(due.Count, daemon);
        Assert.Equal(0, await daemon.StopAsync());
        return forecasts.ReadToEnd();
    }
}
