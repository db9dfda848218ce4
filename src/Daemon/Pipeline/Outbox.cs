using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Serving;

namespace Streaming.Daemon.Pipeline;

/// <summary>What a lane produces goes through here: a full local queue is waited for, so that Kafka sets the
/// pace.</summary>
/// <param name="port">The lane's Kafka.</param>
/// <param name="health">Told that the lane lives while it waits.</param>
/// <param name="abandon">Ends the waiting once the host has run out of patience at a stop.</param>
/// <param name="delivery">Exactly once: outputs are kept until the commit, which sends them in its transaction.</param>
internal sealed class Outbox(
    IKafkaPort port, LaneHealth health, CancellationToken abandon,
    DeliveryMode delivery = DeliveryMode.AtLeastOnce)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(5);

    /// <summary>Outputs since the last commit; null where delivery is at least once, which keeps none.</summary>
    public KeptOutputs? Kept { get; } = delivery == DeliveryMode.ExactlyOnce ? new() : null;

    public ProduceTarget Target(string topic) => port.Target(topic);

    /// <summary>Hands an output over: produced at once, or kept for the transaction of the next commit.</summary>
    /// <param name="source">Partition of the record it came of.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="partition">Partition there, or −1 to choose it by the key.</param>
    /// <param name="key">Key; a null one is <c>default</c>.</param>
    /// <param name="value">Value; a null one is <c>default</c>.</param>
    /// <param name="headers">Headers, or null for none.</param>
    /// <param name="timestampMs">Milliseconds since 1970.</param>
    /// <exception cref="OperationCanceledException">Abandoned while the queue was full.</exception>
    public void Send(
        int source, ProduceTarget target, int partition, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value,
        MessageHeaders? headers, long timestampMs)
    {
        if (Kept is null)
        {
            Produce(target, partition, key, value, headers, timestampMs);
        }
        else
        {
            Kept.Add(source, target, partition, key, value, headers, timestampMs);
        }
    }

    /// <summary>Produces a message; returns once the port has taken it.</summary>
    /// <exception cref="OperationCanceledException">Abandoned while the queue was full.</exception>
    /// <exception cref="KafkaPortException">It can't be produced.</exception>
    public void Produce(
        ProduceTarget target, int partition, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value,
        MessageHeaders? headers, long timestampMs)
    {
        while (!port.TryProduce(target, partition, key, value, headers, Math.Max(timestampMs, 0)))
        {
            abandon.ThrowIfCancellationRequested();
            port.Flush(Patience);
            if (port.Trouble is { } trouble)
            {
                health.Waiting(trouble);
            }
            else
            {
                health.Beat();
            }
        }
    }
}
