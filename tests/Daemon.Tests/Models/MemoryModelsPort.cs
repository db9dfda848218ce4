using Confluent.Kafka;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Models;

namespace Daemon.Tests.Models;

/// <summary>A port that reads and writes a <see cref="MemoryModelsTopic"/> and can do nothing else.</summary>
internal sealed class MemoryModelsPort(MemoryModelsTopic topic) : IKafkaPort
{
    private readonly List<ModelsRecord> open = [];
    private int epoch;

    public string? Trouble => null;

    public ILogReader Read(string name) => new Reader(topic);

    public ProduceTarget Target(string name) => new(name, 0);

    public void InitTransactions(TimeSpan timeout)
    {
        topic.Initializing();
        epoch = ++topic.Epoch;
        topic.Initialized();
    }

    public void BeginTransaction() => open.Clear();

    public bool TryProduce(
        ProduceTarget target, int partition, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value,
        MessageHeaders? headers, long timestampMs)
    {
        open.Add(new(key.ToArray(), value.IsEmpty ? null : value.ToArray()));
        return true;
    }

    public bool Flush(TimeSpan timeout) => true;

    public void CommitTransaction(TimeSpan timeout)
    {
        if (epoch != topic.Epoch)
        {
            throw new KafkaPortException(ErrorCode.Local_Fenced, "another producer has the id", fatal: true);
        }

        topic.Records.AddRange(open);
    }

    public void AbortTransaction(TimeSpan timeout) => open.Clear();

    public void Close()
    {
    }

    public void Dispose()
    {
    }

    public void Subscribe(string topic, IPartitionListener listener) => throw new NotSupportedException();

    public void Poll(RecordBatch batch, TimeSpan wait) => throw new NotSupportedException();

    public void Seek(int partition, long offset) => throw new NotSupportedException();

    public void Pause(int partition) => throw new NotSupportedException();

    public void Resume(int partition) => throw new NotSupportedException();

    public PartitionOffset?[] Committed(ReadOnlySpan<int> partitions, TimeSpan timeout) =>
        throw new NotSupportedException();

    public (long Low, long High) Watermarks(int partition, TimeSpan timeout) => throw new NotSupportedException();

    public (long Low, long High) Watermarks(string topic, int partition, TimeSpan timeout) =>
        throw new NotSupportedException();

    public long? OffsetAt(int partition, long timestampMs, TimeSpan timeout) => throw new NotSupportedException();

    public long LogEnd(int partition) => throw new NotSupportedException();

    public void Commit(ReadOnlySpan<PartitionOffset> next) => throw new NotSupportedException();

    public void SendOffsets(ReadOnlySpan<PartitionOffset> next, TimeSpan timeout) => throw new NotSupportedException();

    private sealed class Reader(MemoryModelsTopic topic) : ILogReader
    {
        private long position;

        public void Open(int partition, long offset) => position = offset;

        public void Close(int partition)
        {
        }

        public void Poll(RecordBatch batch, TimeSpan wait)
        {
            batch.Clear();
            for (; position < topic.Records.Count && !batch.IsFull; position++)
            {
                ModelsRecord record = topic.Records[(int)position];
                batch.Add(0, position, 0, record.Key, record.Value);
            }
        }

        public long Position(int partition) => position;

        public void Dispose()
        {
        }
    }
}
