using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Output;

namespace Streaming.Daemon.Pipeline;

/// <summary>Sends refused records, as they came, to the dead-letter topic, with the reason in headers.</summary>
internal sealed class DeadLetterPublisher
{
    private const int AnyPartition = -1;

    private readonly Outbox outbox;
    private readonly ProduceTarget target;
    private readonly DeadLetterHeaders reasons;
    private readonly MessageHeaders headers = new();

    public DeadLetterPublisher(ForecasterOptions options, Outbox outbox)
    {
        this.outbox = outbox;
        target = outbox.Target(options.Output.DeadLetterTopicOf(options.Application));
        reasons = new DeadLetterHeaders(options.Input.Topic);
    }

    /// <summary>Produces one refused record; what is over the bounds of a dead letter is cut, its size told.</summary>
    public void Publish(RecordBatch batch, int record, RejectReason reason)
    {
        ReadOnlySpan<byte> key = batch.Key(record), value = batch.Value(record);
        reasons.Fill(
            headers, reason, batch.Partitions[record], batch.Offsets[record], batch.TimestampsMs[record], value.Length);
        ReadOnlySpan<byte> sentKey = batch.IsKeyNull(record) ? default : Cut(key, DeadLetterHeaders.MaxKeyBytes);
        ReadOnlySpan<byte> sentValue = batch.IsValueNull(record) ? default : Cut(value, DeadLetterHeaders.MaxValueBytes);
        outbox.Send(target, AnyPartition, sentKey, sentValue, headers, batch.TimestampsMs[record]);
    }

    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> bytes, int most) =>
        bytes.Length <= most ? bytes : bytes[..most];
}
