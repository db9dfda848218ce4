using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Output;

namespace Streaming.Daemon.Pipeline;

/// <summary>Sends refused records, as they came, to the dead-letter topic, with the reason in headers; and refused
/// observations, as events.</summary>
internal sealed class DeadLetterPublisher
{
    private const int AnyPartition = -1;

    private readonly Outbox outbox;
    private readonly ProduceTarget target;
    private readonly DeadLetterHeaders recordReasons;
    private readonly DeadLetterHeaders observationReasons;
    private readonly Utf8Buffer text = new();
    private readonly MessageHeaders headers = new();

    /// <param name="options">Topics.</param>
    /// <param name="topic">Topic of the records.</param>
    /// <param name="outbox">Takes the messages.</param>
    public DeadLetterPublisher(ForecasterOptions options, string topic, Outbox outbox)
    {
        this.outbox = outbox;
        target = outbox.Target(options.Output.DeadLetterTopicOf(options.Application));
        recordReasons = new DeadLetterHeaders(topic);
        observationReasons = new DeadLetterHeaders(options.Input.Topic);
    }

    /// <summary>Produces one refused record; what is over the bounds of a dead letter is cut, its size told.</summary>
    public void Publish(RecordBatch batch, int record, RejectReason reason)
    {
        ReadOnlySpan<byte> key = batch.Key(record), value = batch.Value(record);
        recordReasons.Fill(
            headers, reason, batch.Partitions[record], batch.Offsets[record], batch.TimestampsMs[record], value.Length,
            batch.Headers(record), batch.HeadersCut(record));
        ReadOnlySpan<byte> sentKey = batch.IsKeyNull(record) ? default : Cut(key, DeadLetterHeaders.MaxKeyBytes);
        ReadOnlySpan<byte> sentValue =
            batch.IsValueNull(record) ? default : Cut(value, DeadLetterHeaders.MaxValueBytes);
        outbox.Send(
            batch.Partitions[record], target, AnyPartition, sentKey, sentValue, headers, batch.TimestampsMs[record]);
    }

    /// <summary>Produces one refused observation of a record that was repartitioned, with the place of that.</summary>
    /// <param name="source">Partition it was read from.</param>
    /// <param name="observation">The observation.</param>
    /// <param name="origin">The record before it was repartitioned.</param>
    /// <param name="reason">Why it is refused.</param>
    public void Publish(int source, in Observation observation, in RecordOrigin origin, RejectReason reason)
    {
        text.Clear();
        EventEncoder.Write(observation, text);
        observationReasons.Fill(
            headers, reason, origin.Partition, origin.Offset, origin.TimestampMs, text.Count, own: default,
            headersCut: 0);
        outbox.Send(source, target, AnyPartition, observation.SeriesId, text.Written, headers, origin.TimestampMs);
    }

    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> bytes, int most) =>
        bytes.Length <= most ? bytes : bytes[..most];
}
