using System.Runtime.InteropServices;
using Confluent.Kafka;
using Streaming.Daemon.Kafka.Native;

namespace Streaming.Daemon.Kafka;

/// <summary>Takes records from a consumer's queue into a batch.</summary>
/// <remarks>Records of partitions not held are dropped, and those that come a second time. Lane's thread only.</remarks>
/// <param name="client">The consumer.</param>
/// <param name="held">Partitions held.</param>
/// <param name="onFailed">Told of a partition that can't be read, with its offset and Kafka's reason.</param>
internal sealed unsafe class RecordReader(
    ConsumerClient client, HeldPartitions held, Action<PartitionOffset, ErrorCode, string> onFailed) : IDisposable
{
    /// <summary>Records asked for in one native call; their bytes are bounded by the prefetch.</summary>
    private const int ChunkRecords = 512;

    private readonly HeaderReader headers = new();
    private readonly nint[] messages = new nint[ChunkRecords];

    /// <summary>rd_kafka_queue_t* of records, errors and rebalances.</summary>
    public nint Queue { get; } = LibRdKafka.rd_kafka_queue_get_consumer(client.Handle);

    /// <summary>Takes what is there, and waits for a first record where nothing is.</summary>
    /// <exception cref="KafkaPortException">The client is fatally broken.</exception>
    public void Fill(RecordBatch batch, TimeSpan wait)
    {
        Fill(batch);
        bool isIdle = batch.Count == 0 && client.Rebalances.Count == 0;
        if (isIdle && wait > TimeSpan.Zero && Take(batch, 1, wait) > 0)
        {
            Fill(batch);
        }
    }

    /// <summary>One native call; returns how many messages came, errors and ends of logs included.</summary>
    /// <param name="batch">Gets the records.</param>
    /// <param name="count">Messages asked for, at most a chunk.</param>
    /// <param name="wait">How long to wait for the first.</param>
    /// <exception cref="KafkaPortException">The client is fatally broken.</exception>
    public int Take(RecordBatch batch, int count, TimeSpan wait)
    {
        int taken;
        fixed (nint* room = messages)
        {
            taken = (int)LibRdKafka.rd_kafka_consume_batch_queue(
                Queue, (int)Math.Ceiling(wait.TotalMilliseconds), (RdMessage**)room, (nuint)count);
        }

        ErrorCode failed = ErrorCode.NoError;
        for (int i = 0; i < taken; i++)
        {
            var message = (RdMessage*)messages[i];
            if (message->Error == (int)ErrorCode.Local_PartitionEOF)
            {
                AddEnd(batch, message);
            }
            else if (message->Error != 0)
            {
                failed = (ErrorCode)message->Error;
                onFailed(new(message->Partition, message->Offset), failed, TextOf(message));
            }
            else if (held.TryPass(message->Partition, message->Offset))
            {
                Add(batch, message);
            }

            LibRdKafka.rd_kafka_message_destroy(message);
        }

        if (failed != ErrorCode.NoError)
        {
            client.ThrowIfFatal();
        }

        return taken;
    }

    public void Dispose() => LibRdKafka.rd_kafka_queue_destroy(Queue);

    /// <summary>Takes what is there without waiting, until the batch is full or a rebalance is due.</summary>
    private void Fill(RecordBatch batch)
    {
        while (!batch.IsFull && client.Rebalances.Count == 0)
        {
            int wanted = Math.Min(ChunkRecords, batch.Limit - batch.Count);
            if (Take(batch, wanted, TimeSpan.Zero) < wanted)
            {
                return;
            }
        }
    }

    private void Add(RecordBatch batch, RdMessage* message)
    {
        int type;
        long timestampMs = LibRdKafka.rd_kafka_message_timestamp(message, &type);
        batch.Add(
            message->Partition, message->Offset, timestampMs,
            new(message->Key, (int)message->KeyLength), new(message->Value, (int)message->ValueLength),
            headers.Read(message), headers.Cut);
    }

    private void AddEnd(RecordBatch batch, RdMessage* message)
    {
        if (held.Contains(message->Partition))
        {
            batch.AddEnd(new(message->Partition, message->Offset));
        }
    }

    private static string TextOf(RdMessage* message) =>
        Marshal.PtrToStringUTF8((nint)message->Value, (int)message->ValueLength);
}
