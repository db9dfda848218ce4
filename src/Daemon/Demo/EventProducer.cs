using System.Text;
using Confluent.Kafka;

namespace Streaming.Daemon.Demo;

/// <summary>The demo's own client that plays the part of the world: sends events, keyed by series id.</summary>
/// <remarks>One thread sends; delivery reports come on librdkafka's thread.</remarks>
internal sealed class EventProducer : IDisposable
{
    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(30);

    private readonly IProducer<byte[], byte[]> producer;
    private readonly string topic;
    private readonly Action<DeliveryReport<byte[], byte[]>> onDelivery;
    private volatile Error? failure;

    /// <summary>Creates a producer; nothing is sent yet.</summary>
    public EventProducer(string bootstrapServers, string topic)
    {
        this.topic = topic;
        producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig
        {
            BootstrapServers = bootstrapServers,
            ClientId = "forecaster-demo-events",
            EnableIdempotence = true,
            LingerMs = 5,
            CompressionType = CompressionType.Lz4,
            Partitioner = Partitioner.Murmur2Random,
            DeliveryReportFields = "none",
        }).SetLogHandler((_, _) => { }).Build();
        onDelivery = report => failure = report.Error.IsError ? report.Error : failure;
    }

    /// <summary>Hands a record over; returns before it is delivered.</summary>
    /// <exception cref="DemoException">An earlier record was not delivered, or this one can't be taken.</exception>
    public void Send(ReplayRecord record)
    {
        ThrowIfFailed();
        try
        {
            producer.Produce(
                topic,
                new()
                {
                    Key = Encoding.UTF8.GetBytes(record.Series),
                    Value = EventJson.Encode(record.Series, record.Row),
                },
                onDelivery);
        }
        catch (ProduceException<byte[], byte[]> fault)
        {
            throw new DemoException($"An event could not be sent to '{topic}': {fault.Error.Reason}.", fault);
        }
    }

    /// <summary>Waits until everything sent is delivered.</summary>
    /// <exception cref="DemoException">A record was not, or not in time.</exception>
    public void Flush()
    {
        int left = producer.Flush(FlushTimeout);
        ThrowIfFailed();
        if (left > 0)
        {
            throw new DemoException(
                $"{left} events to '{topic}' were not delivered in {FlushTimeout.TotalSeconds:0} s.");
        }
    }

    public void Dispose() => producer.Dispose();

    private void ThrowIfFailed()
    {
        if (failure is Error error)
        {
            throw new DemoException($"An event to '{topic}' was not delivered: {error.Reason}.");
        }
    }
}
