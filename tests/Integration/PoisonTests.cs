using System.Net;
using System.Text;
using Integration.Harness;

namespace Integration;

/// <summary>A record that really ends the process, whenever it is read.</summary>
public sealed class PoisonTests : IDisposable
{
    private const string HeapLimit = "C000000"; // hexadecimal: 192 MiB
    private const int Series = 65_000; // of more than 5 KiB each

    private readonly TestCluster cluster = new();

    public void Dispose() => cluster.Dispose();

    [Fact]
    public async Task Run_RecordOfMoreSeriesThanFitTheMemory_StopsItsPartitionAloneUntilItIsSkipped()
    {
        Deployment deployment = await Deployment.CreateAsync(cluster);
        deployment.Variables["DOTNET_GCHeapHardLimit"] = HeapLimit;
        deployment.DeliverAtLeastOnceIfEmbedded(); // whose transactions commit no offsets, nor the notes beside them
        IReadOnlyList<NabEvent> good = NabSeries.Interleaved(streams: 8, rows: 60);
        using (var sender = new EventSender(cluster, deployment.Input))
        {
            sender.Send(good.Take(good.Count / 2));
            sender.Send(null, Poison());
            sender.Send(good.Skip(good.Count / 2));
        }

        using var input = new TopicReader(cluster, deployment.Input);
        KafkaMessage poison = input.ReadToEnd().MaxBy(message => message.Value!.Length)!;
        IReadOnlyList<Forecast> due = DueForecasts.Of(
            deployment.Input, input.Messages.Where(message => message != poison));
        using var forecasts = new TopicReader(cluster, deployment.Output);
        for (int death = 0; death < 3; death++)
        {
            await using DaemonProcess dying = deployment.Start();
            Assert.NotEqual(0, await dying.EndAsync());
        }

        string place = $"{deployment.Input}-{poison.Partition}@{poison.Offset}";
        await using (DaemonProcess stopped = deployment.Start())
        {
            await stopped.WaitForAsync("/ready", (status, body) => status == HttpStatusCode.ServiceUnavailable
                && body.Contains($"partition {poison.Partition} is stopped at offset {poison.Offset}"));
            forecasts.ReadUntilDistinct(due.Count(IsBefore), stopped);
            Assert.Contains(place, stopped.Log, StringComparison.Ordinal);
            await stopped.WaitForAsync("/metrics", (_, body) => body.Contains(
                $"forecaster_partition_stopped_offset{{topic=\"{deployment.Input}\",partition=\"{poison.Partition}\"}} "
                + $"{poison.Offset}"));
            Assert.Equal(0, await stopped.StopAsync());
        }

        await using DaemonProcess skipping = deployment.Start(("Input:Skip:0", place));
        forecasts.ReadUntilDistinct(due.Count, skipping);
        using var deadLetters = new TopicReader(cluster, deployment.DeadLetters);
        deadLetters.ReadUntil(1, skipping);
        Assert.Equal(0, await skipping.StopAsync());

        Published.AtLeastOnceEach(due, forecasts.ReadToEnd());
        KafkaMessage letter = Assert.Single(deadLetters.ReadToEnd());
        Assert.Equal("skipped", letter.Headers["forecaster_reason"]);
        Assert.Equal(poison.Value![..524_288], letter.Value);

        bool IsBefore(Forecast forecast) =>
            forecast.Partition != poison.Partition || forecast.Offset < poison.Offset;
    }

    /// <summary>Line protocol: as many series as there are lines.</summary>
    private static byte[] Poison() =>
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, Series).Select(i => $"p{i} v=1\n")));
}
