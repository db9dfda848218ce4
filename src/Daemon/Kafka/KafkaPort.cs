using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Kafka;

/// <summary>A lane's connection to Kafka, over librdkafka; at least once.</summary>
/// <remarks>Dispose without <see cref="Close"/> leaves the group as well, but neither tells the listener nor waits
/// for what was produced.</remarks>
internal sealed class KafkaPort : IKafkaPort
{
    private readonly BrokerTrouble _trouble;
    private readonly PortConsumer _consumer;
    private readonly PortProducer _producer;

    /// <param name="options">Validated configuration.</param>
    /// <param name="lane">Number of the lane in this process, part of its identity in the group.</param>
    /// <param name="logger">Receives librdkafka's log.</param>
    /// <param name="clock">Paces the probes while a broker is away.</param>
    /// <exception cref="KafkaPortException">librdkafka refuses a property. Brokers are not contacted here.</exception>
    public KafkaPort(ForecasterOptions options, int lane, ILogger logger, TimeProvider clock)
    {
        _trouble = new BrokerTrouble(clock);
        _consumer = new PortConsumer(ClientProperties.Consumer(options, lane), logger, _trouble.Note);
        try
        {
            _producer = new PortProducer(ClientProperties.Producer(options, lane), logger, _trouble.Note);
        }
        catch
        {
            _consumer.Dispose();
            throw;
        }
    }

    public string? Trouble => _trouble.Text;

    public void Subscribe(string topic, IPartitionListener listener) => _consumer.Subscribe(topic, listener);

    public void Poll(RecordBatch batch, TimeSpan wait)
    {
        _consumer.Poll(batch, wait);
        _producer.Serve();
        _trouble.Probe(_consumer.Handle);
    }

    public void Seek(int partition, long offset) => _consumer.Seek(partition, offset);

    public void Pause(int partition) => _consumer.Pause(partition);

    public void Resume(int partition) => _consumer.Resume(partition);

    public long?[] Committed(ReadOnlySpan<int> partitions, TimeSpan timeout) =>
        _consumer.Committed(partitions, timeout);

    public (long Low, long High) Watermarks(int partition, TimeSpan timeout) =>
        _consumer.Watermarks(partition, timeout);

    public long LogEnd(int partition) => _consumer.LogEnd(partition);

    public ProduceTarget Target(string topic) => _producer.Target(topic);

    public bool TryProduce(
        ProduceTarget target, int partition, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value,
        MessageHeaders? headers, long timestampMs) =>
        _producer.TryProduce(target, partition, key, value, headers, timestampMs);

    public bool Flush(TimeSpan timeout)
    {
        bool done = _producer.Flush(timeout);
        _trouble.Probe(_consumer.Handle);
        return done;
    }

    public void Commit(ReadOnlySpan<PartitionOffset> next) => _consumer.Commit(next);

    public void Close() => _consumer.Close();

    public void Dispose()
    {
        _consumer.Dispose();
        _producer.Dispose();
    }
}
