using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Streaming.Daemon.Demo;

namespace Daemon.Tests.Demo;

/// <summary>The least that can stand in for the daemon: a grid, and each closed step's value as its forecast.</summary>
internal sealed class PersistenceDaemon : IDisposable
{
    private readonly IConsumer<string, byte[]> consumer;
    private readonly IProducer<string, byte[]> producer;
    private readonly CancellationTokenSource stop = new();
    private readonly Dictionary<string, DemoRow> open = [];
    private readonly Func<string, bool> answers;
    private readonly Task work;

    /// <param name="bootstrapServers">Where topics "events" and "forecasts" are.</param>
    /// <param name="partitions">Partitions of each.</param>
    /// <param name="answers">Whether the forecasts of a series are published.</param>
    public PersistenceDaemon(string bootstrapServers, int partitions, Func<string, bool> answers)
    {
        this.answers = answers;
        consumer = new ConsumerBuilder<string, byte[]>(new ConsumerConfig
        {
            BootstrapServers = bootstrapServers,
            GroupId = "persistence",
            FetchWaitMaxMs = 10,
            EnableAutoCommit = false,
        }).Build();
        consumer.Assign(Enumerable.Range(0, partitions)
            .Select(p => new TopicPartitionOffset("events", p, Offset.Beginning)));
        producer = new ProducerBuilder<string, byte[]>(new ProducerConfig { BootstrapServers = bootstrapServers }).Build();
        work = Task.Factory.StartNew(Run, TaskCreationOptions.LongRunning);
    }

    public void Dispose()
    {
        stop.Cancel();
        work.Wait();
        consumer.Dispose();
        producer.Flush(TimeSpan.FromSeconds(5));
        producer.Dispose();
        stop.Dispose();
    }

    private void Run()
    {
        while (!stop.IsCancellationRequested)
        {
            if (consumer.Consume(TimeSpan.FromMilliseconds(20)) is { } record)
            {
                Take(record);
            }
        }
    }

    private void Take(ConsumeResult<string, byte[]> record)
    {
        using JsonDocument json = JsonDocument.Parse(record.Message.Value);
        string series = json.RootElement.GetProperty("series").GetString()!;
        Assert.Equal(series, record.Message.Key);
        DemoRow row = new(
            json.RootElement.GetProperty("time").GetDateTime(), json.RootElement.GetProperty("value").GetDouble());
        Cadence cadence = DemoConfiguration.CadenceOf(series);
        if (open.TryGetValue(series, out DemoRow last) && cadence.StepOf(row.Time) > cadence.StepOf(last.Time)
            && answers(series))
        {
            string time = last.Time.AddTicks(-(last.Time.Ticks % cadence.Step.Ticks)).ToString("O");
            string value = JsonSerializer.Serialize(last.Value);
            producer.Produce(new TopicPartition("forecasts", record.Partition), new()
            {
                Key = series,
                Value = Encoding.UTF8.GetBytes(
                    $$"""
                    {"series":"{{series}}","time":"{{time}}","value":{{value}},"yhat":[{{value}},{{value}}],
                     "horizons":[1,6],"quantiles":{},"anomaly":{"score":0,"is":false},"model":"lstm@1"}
                    """),
            });
        }

        open[series] = row;
    }
}
