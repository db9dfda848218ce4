using System.Net;
using Integration.Harness;

namespace Integration;

/// <summary>An input that has more partitions than when its group began.</summary>
/// <remarks>The embedded cluster can't give a topic more partitions, so the group's note tells of fewer.</remarks>
public sealed class GrowthTests : IDisposable
{
    private const int Began = Deployment.Partitions - 1;

    private readonly TestCluster cluster = new();

    public void Dispose() => cluster.Dispose();

    [Fact]
    public async Task Run_InputHasGrown_LeavesTheNewPartitionAloneAndForecastsTheOthers()
    {
        Deployment deployment = await Deployment.CreateAsync(cluster);
        using (var sender = new EventSender(cluster, deployment.Input))
        {
            sender.Send(NabSeries.Interleaved(streams: 8, rows: 60));
        }

        using var input = new TopicReader(cluster, deployment.Input);
        IReadOnlyList<KafkaMessage> events = input.ReadToEnd();
        Assert.Contains(events, message => message.Partition == Began);
        IReadOnlyList<Forecast> due = DueForecasts.Of(
            deployment.Input, events.Where(message => message.Partition != Began));
        GroupOffset.Commit(cluster, deployment.Application, deployment.Input, new(0, 0, BegunWith: Began));
        string few = $"{deployment.Application}-few";
        await cluster.CreateTopicAsync(few, Began);

        await using DaemonProcess daemon = deployment.Start(("Output:Topic", few));
        await daemon.WaitForAsync("/ready", (status, body) => status == HttpStatusCode.ServiceUnavailable
            && body.Contains($"has grown: partition {Began} is not read", StringComparison.Ordinal));
        string metrics = await daemon.WaitForAsync("/metrics", (_, body) => Published(body) >= due.Count);
        Assert.Equal(0, await daemon.StopAsync());

        Assert.Equal(due.Count, Published(metrics));
        Assert.Contains(
            $"forecaster_partition_stopped_offset{{topic=\"{deployment.Input}\",partition=\"{Began}\"}} 0", metrics,
            StringComparison.Ordinal);
    }

    private static double Published(string metrics) =>
        Metrics.Parse(metrics).GetValueOrDefault("forecaster_forecasts_published_total");
}
