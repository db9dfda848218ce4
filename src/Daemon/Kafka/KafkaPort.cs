using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka.Native;

namespace Streaming.Daemon.Kafka;

/// <summary>A lane's connection to Kafka, over librdkafka.</summary>
/// <remarks>Dispose without <see cref="Close"/> leaves the group as well, but neither tells the listener nor waits
/// for what was produced.</remarks>
internal sealed class KafkaPort : IKafkaPort
{
    private readonly KafkaOptions kafka;
    private readonly GroupMember member;
    private readonly ILogger logger;
    private readonly BrokerTrouble trouble;
    private readonly PortConsumer consumer;
    private readonly PortProducer producer;

    /// <param name="kafka">Validated configuration.</param>
    /// <param name="member">Who the lane is to the brokers.</param>
    /// <param name="logger">Receives librdkafka's log.</param>
    /// <param name="clock">Paces the probes while a broker is away.</param>
    /// <param name="delivery">Whether the producer is transactional, which then produces inside of transactions only, and
    /// the consumer stops at records that are gone.</param>
    /// <exception cref="KafkaPortException">librdkafka refuses a property. Brokers are not contacted here.</exception>
    public KafkaPort(
        KafkaOptions kafka, GroupMember member, ILogger logger, TimeProvider clock,
        DeliveryMode delivery = DeliveryMode.AtLeastOnce)
    {
        (this.kafka, this.member, this.logger) = (kafka, member, logger);
        trouble = new BrokerTrouble(clock);
        consumer = new PortConsumer(ClientProperties.Consumer(kafka, member, delivery), logger, trouble.Note);
        try
        {
            producer = new PortProducer(ClientProperties.Producer(kafka, member, delivery), logger, trouble.Note);
        }
        catch
        {
            consumer.Dispose();
            throw;
        }
    }

    public string? Trouble => trouble.Text;

    public void Subscribe(string topic, IPartitionListener listener) => consumer.Subscribe(topic, listener);

    public void Poll(RecordBatch batch, TimeSpan wait)
    {
        consumer.Poll(batch, wait);
        producer.Serve();
        trouble.Probe(consumer.Handle);
    }

    public void Seek(int partition, long offset) => consumer.Seek(partition, offset);

    public void Pause(int partition) => consumer.Pause(partition);

    public void Resume(int partition) => consumer.Resume(partition);

    public PartitionOffset?[] Committed(ReadOnlySpan<int> partitions, TimeSpan timeout) =>
        consumer.Committed(partitions, timeout);

    public (long Low, long High) Watermarks(int partition, TimeSpan timeout) =>
        consumer.Watermarks(partition, timeout);

    public (long Low, long High) Watermarks(string topic, int partition, TimeSpan timeout) =>
        consumer.Watermarks(topic, partition, timeout);

    public ILogReader Read(string topic) => new LogReader(ClientProperties.Reader(kafka, member), topic, logger);

    public long? OffsetAt(int partition, long timestampMs, TimeSpan timeout) =>
        consumer.OffsetAt(partition, timestampMs, timeout);

    public long LogEnd(int partition) => consumer.LogEnd(partition);

    public ProduceTarget Target(string topic) => producer.Target(topic);

    public bool TryProduce(
        ProduceTarget target, int partition, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value,
        MessageHeaders? headers, long timestampMs) =>
        producer.TryProduce(target, partition, key, value, headers, timestampMs);

    public bool Flush(TimeSpan timeout)
    {
        bool done = producer.Flush(timeout);
        trouble.Probe(consumer.Handle);
        return done;
    }

    public void Commit(ReadOnlySpan<PartitionOffset> next) => consumer.Commit(next);

    public void InitTransactions(TimeSpan timeout) => producer.InitTransactions(timeout);

    public void BeginTransaction() => producer.BeginTransaction();

    public void SendOffsets(ReadOnlySpan<PartitionOffset> next, TimeSpan timeout)
    {
        producer.SendOffsets(
            PartitionList.Of(consumer.Topic, next), new GroupMembership(consumer.Handle), consumer.MemberId, timeout);
    }

    public void CommitTransaction(TimeSpan timeout) => producer.CommitTransaction(timeout);

    public void AbortTransaction(TimeSpan timeout) => producer.AbortTransaction(timeout);

    public void Close() => consumer.Close();

    public void Dispose()
    {
        consumer.Dispose();
        producer.Dispose();
    }
}
