using System.Net;
using System.Text.Json;
using Integration.Harness;

namespace Integration;

/// <summary>Brokers that are away at the start, or go away later.</summary>
public sealed class BrokerTests : IDisposable
{
    private readonly TestCluster cluster = new();
    private readonly IReadOnlyList<NabEvent> events = NabSeries.Interleaved(streams: 3, rows: 400);

    public void Dispose() => cluster.Dispose();

    [StoppableFact]
    public async Task Run_BrokerAwayAtStart_IsLiveNotReadyAndThenCatchesUp()
    {
        Deployment deployment = await Deployment.CreateAsync(cluster);
        cluster.StopBroker();
        await using DaemonProcess daemon = deployment.Start();

        string body = await daemon.WaitForAsync("/ready", NamesNoBroker);
        Assert.Equal(HttpStatusCode.OK, (await daemon.GetAsync("/live")).Status);
        Assert.False(JsonDocument.Parse(body).RootElement.GetProperty("ok").GetBoolean());

        cluster.StartBroker();
        await daemon.WaitUntilReadyAsync();
        using var sender = new EventSender(cluster, deployment.Input);
        sender.Send(events);
        await AssertAllForecastAsync(deployment, daemon);
    }

    [StoppableFact]
    public async Task Run_BrokerGoesInMidStreamAndComesBack_LosesNothing()
    {
        Deployment deployment = await Deployment.CreateAsync(cluster);
        using var sender = new EventSender(cluster, deployment.Input);
        await using DaemonProcess daemon = deployment.Start();
        await daemon.WaitUntilReadyAsync();

        Task sending = sender.SendSteadilyAsync(events);
        using (var forecasts = new TopicReader(cluster, deployment.Output))
        {
            forecasts.ReadUntil(100, daemon);
        }

        cluster.StopBroker();
        await daemon.WaitForAsync("/ready", (status, _) => status == HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.OK, (await daemon.GetAsync("/live")).Status);

        cluster.StartBroker();
        await sending;
        await daemon.WaitUntilReadyAsync();
        await AssertAllForecastAsync(deployment, daemon);
    }

    [StoppableFact]
    public async Task Run_SigtermWhileBrokerIsAway_EndsWith0AndTheNextLosesNothing()
    {
        Deployment deployment = await Deployment.CreateAsync(cluster);
        using var sender = new EventSender(cluster, deployment.Input);
        await using (DaemonProcess first = deployment.Start())
        {
            await first.WaitUntilReadyAsync();
            Task sending = sender.SendSteadilyAsync(events);
            using (var forecasts = new TopicReader(cluster, deployment.Output))
            {
                forecasts.ReadUntil(100, first);
            }

            cluster.StopBroker();
            await first.WaitForAsync("/ready", (status, _) => status == HttpStatusCode.ServiceUnavailable);

            Assert.Equal(0, await first.StopAsync());

            cluster.StartBroker();
            await sending;
        }

        await using DaemonProcess second = deployment.Start();
        await AssertAllForecastAsync(deployment, second);
    }

    private static bool NamesNoBroker(HttpStatusCode status, string body) =>
        status == HttpStatusCode.ServiceUnavailable && body.Contains("no broker answers", StringComparison.Ordinal);

    private async Task AssertAllForecastAsync(Deployment deployment, DaemonProcess daemon)
    {
        using var input = new TopicReader(cluster, deployment.Input);
        IReadOnlyList<Forecast> due = DueForecasts.Of(deployment.Input, input.ReadToEnd());
        using var forecasts = new TopicReader(cluster, deployment.Output);
        forecasts.ReadUntilDistinct(due.Count, daemon);
        Assert.Equal(0, await daemon.StopAsync());

        Published.AtLeastOnceEach(due, forecasts.ReadToEnd());
    }
}
