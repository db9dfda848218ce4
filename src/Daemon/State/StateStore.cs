using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Pipeline;

namespace Streaming.Daemon.State;

/// <summary>Where the tasks of one lane are stored.</summary>
/// <param name="outbox">The lane's.</param>
/// <param name="topic">The state topic.</param>
/// <param name="owner">Whose state it is.</param>
/// <param name="options">Interval and bytes.</param>
internal sealed class StateStore(Outbox outbox, string topic, StateOwner owner, StateOptions options)
{
    private readonly ProduceTarget target = outbox.Target(topic);

    public StateOwner Owner => owner;

    /// <summary>Storage of one task.</summary>
    public TaskStorage Of(int partition, SeriesTable table, Checkpoint checkpoint) => new(
        new StatePublisher(partition, outbox, target, table, owner.Era), checkpoint, owner, options);
}
