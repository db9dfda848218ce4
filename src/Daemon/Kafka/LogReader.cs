using Confluent.Kafka;
using Streaming.Daemon.Kafka.Native;

namespace Streaming.Daemon.Kafka;

/// <summary>Reads partitions of one topic over a consumer of its own, which joins no group and commits nothing.</summary>
/// <remarks>
/// Bounded as a lane's consumer is: <see cref="ClientProperties.PrefetchKilobytes"/> ahead and one fetch. A partition
/// that can't be read on stays open without progress; the Poll that finds nothing else, or the next one, says so once.
/// </remarks>
internal sealed unsafe class LogReader : ILogReader
{
    private readonly ConsumerClient client;
    private readonly HeldPartitions held;
    private readonly RecordReader reader;
    private readonly ReadFailure failure;
    private readonly Dictionary<int, long> positions = [];

    /// <param name="properties">Properties of the consumer; the isolation level decides what is delivered.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="logger">Receives librdkafka's log.</param>
    /// <exception cref="KafkaPortException">librdkafka refuses a property. Brokers are not contacted here.</exception>
    public LogReader(IReadOnlyDictionary<string, string> properties, string topic, ILogger logger)
    {
        client = new ConsumerClient(properties, logger, (_, _) => { }) { Topic = topic };
        held = new HeldPartitions(client);
        failure = new ReadFailure(client);
        reader = new RecordReader(client, held, failure.Note);
    }

    public void Open(int partition, long offset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        if (!positions.TryAdd(partition, offset))
        {
            throw new InvalidOperationException($"Partition {partition} of '{client.Topic}' is open already.");
        }

        using PartitionList list = PartitionList.Of(client.Topic, partition, offset);
        (ErrorCode code, string text) = RdError.Take(
            LibRdKafka.rd_kafka_incremental_assign(client.Handle, list.Native));
        client.Check(code, text);
        held.Add([partition]);
    }

    public void Close(int partition)
    {
        if (!positions.Remove(partition))
        {
            throw NotOpen(partition);
        }

        held.Remove([partition]);
        using PartitionList list = PartitionList.Of(client.Topic, partition);
        (ErrorCode code, string text) = RdError.Take(
            LibRdKafka.rd_kafka_incremental_unassign(client.Handle, list.Native));
        client.Check(code, text);
    }

    public void Poll(RecordBatch batch, TimeSpan wait)
    {
        batch.Clear();
        failure.ThrowIfAny();
        reader.Fill(batch, wait);
        Advance(batch);
        if (batch.Count == 0)
        {
            failure.ThrowIfAny();
        }
    }

    public long Position(int partition) =>
        positions.TryGetValue(partition, out long position) ? position : throw NotOpen(partition);

    /// <summary>First offset kept and offset after the last record, open transactions included, asked of the
    /// broker.</summary>
    /// <exception cref="KafkaPortException">No answer within <paramref name="timeout"/>, or refused.</exception>
    public (long Low, long High) Watermarks(int partition, TimeSpan timeout) =>
        new OffsetQuery(client).Watermarks(client.Topic, partition, timeout);

    /// <summary>Offset of the first record whose timestamp is not before a time, asked of the broker; null where all
    /// are.</summary>
    /// <exception cref="KafkaPortException">No answer within <paramref name="timeout"/>, or refused.</exception>
    public long? OffsetAt(int partition, long timestampMs, TimeSpan timeout) =>
        new OffsetQuery(client).At(partition, timestampMs, timeout);

    public void Dispose()
    {
        if (client.Handle != 0)
        {
            reader.Dispose();
            client.Dispose();
        }
    }

    /// <summary>An end lies past the last record where that is followed by marks or by records of aborted
    /// transactions.</summary>
    private void Advance(RecordBatch batch)
    {
        for (int i = 0; i < batch.Count; i++)
        {
            positions[batch.Partitions[i]] = batch.Offsets[i] + 1;
        }

        foreach (PartitionOffset end in batch.Ends)
        {
            positions[end.Partition] = Math.Max(positions[end.Partition], end.Offset);
        }
    }

    private InvalidOperationException NotOpen(int partition) =>
        new($"Partition {partition} of '{client.Topic}' is not open.");
}
