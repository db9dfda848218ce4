using System.Globalization;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Integration.Harness;

namespace Integration;

/// <summary>Producers without keys, whose records pass through the repartition topic.</summary>
public sealed class RepartitionTests : IDisposable
{
    private const int Steps = 20, EachStep = 3;

    private static readonly DateTime Start = new(2024, 1, 31, 23, 0, 0, DateTimeKind.Utc);
    private static readonly string[] Hosts = ["a", "b", "c"];

    private static readonly (string Key, string Value)[] Settings =
    [
        ("Input:Format", "influx"), ("Series:Step", "00:01:00"), ("Series:Grace", "12:00:00"), ("Pipeline:Lanes", "2"),
    ];

    private readonly TestCluster cluster = new();

    public void Dispose() => cluster.Dispose();

    [Fact]
    public async Task Run_LinesWithoutKeysInAllPartitions_GiveOneForecastAStepOfEachSeries()
    {
        Deployment deployment = await Deployment.CreateAsync(cluster);
        deployment.DeliverAtLeastOnceIfEmbedded(); // whose transactions commit no offsets, from which the second goes on
        using var sender = new LineSender(cluster, deployment.Input);
        await using (DaemonProcess first = deployment.Start(Settings))
        {
            sender.Send(0, Steps / 2);
            await RepartitionedAsync(first, Steps / 2 * EachStep * Hosts.Length);
            Assert.Equal(0, await first.StopAsync());
        }

        await using DaemonProcess daemon = deployment.Start(Settings);
        sender.Send(Steps / 2, Steps);
        await RepartitionedAsync(daemon, Steps / 2 * EachStep * Hosts.Length);
        sender.Close();
        using var forecasts = new TopicReader(cluster, deployment.Output);
        forecasts.ReadUntil(Steps * Hosts.Length, daemon);
        Assert.Equal(0, await daemon.StopAsync());

        string[] due =
        [
            .. Hosts.SelectMany(host => Enumerable.Range(0, Steps).Select(step =>
                $"cpu_usage{{host={host}}} {Start.AddMinutes(step):O} {step + 1}")),
        ];
        Assert.Equal(due.Order(), forecasts.ReadToEnd().Select(Read).Order());
        Assert.All(forecasts.Messages.GroupBy(m => m.KeyText), series =>
            Assert.Single(series.Select(m => m.Partition).Distinct()));
        using var deadLetters = new TopicReader(cluster, deployment.DeadLetters);
        Assert.Empty(deadLetters.ReadToEnd());
    }

    [Fact]
    public async Task Run_EventsKeyedBySeries_AreForecastAsWithout()
    {
        Deployment deployment = await Deployment.CreateAsync(cluster);
        Deployment same = await Deployment.CreateAsync(cluster, sameInput: deployment);
        using var sender = new EventSender(cluster, deployment.Input);
        sender.Send(NabSeries.Interleaved(streams: 6, rows: 200));
        using var input = new TopicReader(cluster, deployment.Input);
        IReadOnlyList<Forecast> due = DueForecasts.Of(deployment.Input, input.ReadToEnd());

        IReadOnlyList<KafkaMessage> direct = await RunAsync(deployment, due.Count, ("Input:Repartition", "off"));
        IReadOnlyList<KafkaMessage> through = await RunAsync(same, due.Count, ("Input:Repartition", "on"));

        Published.OnceEach(due, direct);
        Published.Same(direct, through);
    }

    [Fact]
    public async Task Run_RepartitionTopicHasGrown_EndsWith1AndSaysWhatToDo()
    {
        Deployment deployment = await Deployment.CreateAsync(cluster);
        using var sender = new LineSender(cluster, deployment.Input);
        sender.Send(0, 1);
        GroupOffset.Commit(
            cluster, $"{deployment.Application}-repartition", deployment.Input, new(0, 0, Repartition: new(2, 0)));
        await using DaemonProcess daemon = deployment.Start(Settings);

        Assert.Equal(1, await daemon.EndAsync());
        Assert.Contains("has been repartitioned to 2 so far", daemon.Log, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<KafkaMessage>> RunAsync(
        Deployment deployment, int due, (string Key, string Value) setting)
    {
        await using DaemonProcess daemon = deployment.Start(setting);
        using var forecasts = new TopicReader(deployment.Cluster, deployment.Output);
        forecasts.ReadUntil(due, daemon);
        Assert.Equal(0, await daemon.StopAsync());
        return forecasts.ReadToEnd();
    }

    private static Task<string> RepartitionedAsync(DaemonProcess daemon, int observations) => daemon.WaitForAsync(
        "/metrics",
        (_, body) => Metrics.Parse(body).GetValueOrDefault("forecaster_observations_repartitioned_total") >= observations);

    private static string Read(KafkaMessage message)
    {
        using JsonDocument json = JsonDocument.Parse(message.ValueText);
        JsonElement root = json.RootElement;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{root.GetProperty("series").GetString()} {root.GetProperty("time").GetDateTime():O} "
                + $"{root.GetProperty("value").GetDouble()}");
    }

    /// <summary>Sends the values of each step of each series to as many partitions.</summary>
    private sealed class LineSender : IDisposable
    {
        private readonly IProducer<Null, byte[]> producer;
        private readonly string topic;

        public LineSender(TestCluster cluster, string topic)
        {
            this.topic = topic;
            producer = new ProducerBuilder<Null, byte[]>(new ProducerConfig
            {
                BootstrapServers = cluster.BootstrapServers,
                LingerMs = 2,
            }).SetLogHandler((_, _) => { }).Build();
        }

        /// <summary>Sends some steps, whose values have the mean step + 1.</summary>
        public void Send(int from, int to)
        {
            for (int step = from; step < to; step++)
            {
                for (int i = 0; i < EachStep; i++)
                {
                    Produce(i, Start.AddMinutes(step).AddSeconds(i), step + i);
                }
            }

            Assert.Equal(0, producer.Flush(Patience.Limit));
        }

        /// <summary>Sends what closes all steps.</summary>
        public void Close()
        {
            Produce(1, Start.AddDays(1), 0);
            Assert.Equal(0, producer.Flush(Patience.Limit));
        }

        public void Dispose() => producer.Dispose();

        private void Produce(int partition, DateTime time, int value)
        {
            long seconds = new DateTimeOffset(time).ToUnixTimeSeconds();
            string lines = string.Join('\n', Hosts.Select(host => $"cpu,host={host} usage={value} {seconds}000000000"));
            producer.Produce(new TopicPartition(topic, partition), new() { Value = Encoding.UTF8.GetBytes(lines) });
        }
    }
}
