using Confluent.Kafka;

namespace Integration.Harness;

/// <summary>The world: sends events and waits until the brokers have them.</summary>
internal sealed class EventSender : IDisposable
{
    private const int PerBurst = 20;

    private readonly IProducer<byte[]?, byte[]?> producer;
    private readonly string topic;
    private int sent;
    private volatile string? failure;

    public EventSender(TestCluster cluster, string topic)
    {
        this.topic = topic;
        producer = new ProducerBuilder<byte[]?, byte[]?>(new ProducerConfig
        {
            BootstrapServers = cluster.BootstrapServers,
            EnableIdempotence = true,
            LingerMs = 2,
            MessageMaxBytes = 4_000_000,
            Partitioner = Partitioner.Murmur2Random,
        }).SetLogHandler((_, _) => { }).Build();
    }

    /// <summary>Events handed over so far; any thread may read it.</summary>
    public int Sent => Volatile.Read(ref sent);

    public void Send(NabEvent one) => Send(one.Key, one.Json);

    public void Send(byte[]? key, byte[]? value)
    {
        producer.Produce(
            topic, new() { Key = key, Value = value },
            report => failure = report.Error.IsError ? report.Error.Reason : failure);
        Interlocked.Increment(ref sent);
    }

    public void Send(IEnumerable<NabEvent> events)
    {
        foreach (NabEvent one in events)
        {
            Send(one);
        }

        Flush();
    }

    /// <summary>Sends at a steady pace, a burst a few milliseconds, until all are there.</summary>
    public async Task SendSteadilyAsync(IEnumerable<NabEvent> events)
    {
        foreach (NabEvent[] burst in events.Chunk(PerBurst))
        {
            Array.ForEach(burst, Send);
            await Task.Delay(TimeSpan.FromMilliseconds(5));
        }

        await Task.Run(Flush);
    }

    public void Flush()
    {
        Assert.Equal(0, producer.Flush(Patience.Limit));
        Assert.Null(failure);
    }

    public void Dispose() => producer.Dispose();
}
