using Confluent.Kafka;

namespace Streaming.Daemon.Kafka;

/// <summary>A partition that can't be read on, from when the client tells until the next Poll can.</summary>
/// <remarks>Of several the first is told; the others bring no records either. Thread of the consumer only.</remarks>
/// <param name="client">The consumer.</param>
internal sealed class ReadFailure(ConsumerClient client)
{
    private KafkaPortException? noted;

    /// <param name="place">The partition, and the offset that could not be read.</param>
    /// <param name="code">Kafka's code.</param>
    /// <param name="text">Kafka's reason.</param>
    public void Note(PartitionOffset place, ErrorCode code, string text) => noted ??= new KafkaPortException(
        code, $"Topic '{client.Topic}', partition {place.Partition} can't be read at offset {place.Offset}: {text}",
        retriable: RetriableErrors.Contain(code));

    /// <exception cref="KafkaPortException">Something was noted since the last throw.</exception>
    public void ThrowIfAny()
    {
        if (noted is { } failure)
        {
            noted = null;
            throw failure;
        }
    }
}
