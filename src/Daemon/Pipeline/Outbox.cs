using Streaming.Daemon.Kafka;
using Streaming.Daemon.Serving;

namespace Streaming.Daemon.Pipeline;

/// <summary>What a lane produces goes through here: a full local queue is waited for, so that Kafka sets the
/// pace.</summary>
/// <param name="port">The lane's Kafka.</param>
/// <param name="health">Told that the lane lives while it waits.</param>
/// <param name="abandon">Ends the waiting once the host has run out of patience at a stop.</param>
internal sealed class Outbox(IKafkaPort port, LaneHealth health, CancellationToken abandon)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(5);

    public ProduceTarget Target(string topic) => port.Target(topic);

    /// <summary>Hands a message over; returns once the port has taken it.</summary>
    /// <exception cref="OperationCanceledException">Abandoned while the queue was full.</exception>
    public void Send(
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
