namespace Streaming.Daemon.Pipeline.Repartition;

/// <summary>A partition of the input that is to be repartitioned: it only has to be found where it starts.</summary>
internal sealed class RepartitionOpening(
    int partition, RepartitionTask? before, PartitionStarts starts, Func<StartPlace, RepartitionTask> create)
    : Opening<RepartitionTask>(partition, before)
{
    public override RepartitionTask TryFinish() =>
        create(starts.Find(Partition, starts.Committed(Partition), Before, marker: null));
}
