using Confluent.Kafka;
using Streaming.Daemon.Kafka.Native;

namespace Streaming.Daemon.Kafka;

/// <summary>The consuming half of a port: one topic, records in batches, rebalances between native calls.</summary>
/// <remarks>
/// librdkafka announces a rebalance in the middle of a batch call. It is only noted there and answered after the
/// call: so all records of that call belong to partitions held before it, those of partitions that go are dropped,
/// and the listener never runs inside a native frame. Lane's thread only.
/// </remarks>
internal sealed unsafe class PortConsumer : IDisposable
{
    private readonly ConsumerClient client;
    private readonly HeldPartitions held;
    private readonly ReadFailure failure;
    private readonly RecordReader reader;
    private readonly RebalanceAnswers answers;
    private readonly OffsetQuery offsets;
    private readonly OffsetCommit commit;
    private readonly GroupExit exit;

    public PortConsumer(
        IReadOnlyDictionary<string, string> properties, ILogger logger, Action<ErrorCode, string> onError)
    {
        client = new ConsumerClient(properties, logger, onError);
        held = new HeldPartitions(client);
        failure = new ReadFailure(client);
        reader = new RecordReader(client, held, NoteOrReport);
        answers = new RebalanceAnswers(client, held);
        offsets = new OffsetQuery(client);
        commit = new OffsetCommit(client);
        exit = new GroupExit(client, reader, answers);
    }

    /// <summary>rd_kafka_t*, for look-ups.</summary>
    public nint Handle => client.Handle;

    /// <summary>The topic subscribed to; empty before.</summary>
    public string Topic => client.Topic;

    /// <summary>The member of the group to whom the partitions held were given; empty before.</summary>
    public string MemberId => answers.MemberId;

    public void Subscribe(string topic, IPartitionListener listener)
    {
        if (answers.Listener is not null)
        {
            throw new InvalidOperationException($"Subscribed to '{client.Topic}' already.");
        }

        (client.Topic, answers.Listener) = (topic, listener);
        using PartitionList topics = PartitionList.Of(topic, -1);
        client.Check(LibRdKafka.rd_kafka_subscribe(Handle, topics.Native), "subscribe");
    }

    public void Poll(RecordBatch batch, TimeSpan wait)
    {
        batch.Clear();
        failure.ThrowIfAny();
        held.Batch = batch;
        reader.Fill(batch, wait);
        held.BringBack();
        answers.Answer();
        held.Batch = null;
        if (batch.Count == 0)
        {
            failure.ThrowIfAny();
        }
    }

    public void Seek(int partition, long offset) => held.Seek(partition, offset);

    public void Pause(int partition) => held.Pause(partition);

    public void Resume(int partition) => held.Resume(partition);

    public PartitionOffset?[] Committed(ReadOnlySpan<int> partitions, TimeSpan timeout) =>
        offsets.Committed(partitions, timeout);

    public long LogEnd(int partition) => offsets.LogEnd(partition);

    public (long Low, long High) Watermarks(int partition, TimeSpan timeout) => offsets.Watermarks(partition, timeout);

    public (long Low, long High) Watermarks(string topic, int partition, TimeSpan timeout) =>
        offsets.Watermarks(topic, partition, timeout);

    public long? OffsetAt(int partition, long timestampMs, TimeSpan timeout) =>
        offsets.At(partition, timestampMs, timeout);

    public void Commit(ReadOnlySpan<PartitionOffset> next) => commit.Commit(next);

    public void Close() => exit.Close();

    /// <summary>Leaves the group, if Close did not, without a word to the listener.</summary>
    public void Dispose()
    {
        if (Handle == 0)
        {
            return;
        }

        exit.CloseSilently();
        reader.Dispose();
        commit.Dispose();
        client.Dispose();
    }

    /// <summary>Records that are gone are told to who polls; trouble that passes, to readiness.</summary>
    private void NoteOrReport(PartitionOffset place, ErrorCode code, string text)
    {
        if (code is ErrorCode.Local_AutoOffsetReset or ErrorCode.Local_LogTruncation)
        {
            failure.Note(place, code, text);
        }
        else
        {
            client.Report(code, text);
        }
    }
}
