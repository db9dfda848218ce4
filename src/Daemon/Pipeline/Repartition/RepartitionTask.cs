using Streaming.Daemon.Kafka;
using Streaming.Daemon.Serving;

namespace Streaming.Daemon.Pipeline.Repartition;

/// <summary>One partition of the input that is repartitioned. It has no state but its place, so nothing is read
/// again.</summary>
/// <param name="partition">The partition.</param>
/// <param name="place">Where it starts, and from where on its records are live.</param>
/// <param name="targets">Partitions that it is spread over.</param>
/// <param name="metrics">Gauges of the partition; disposed with the task.</param>
internal sealed class RepartitionTask(int partition, StartPlace place, int targets, PartitionMetrics metrics)
    : IPartitionTask
{
    public int Partition => partition;

    /// <summary>Offset from which records may be published; what lies before is history.</summary>
    public long LiveFrom => place.LiveFrom;

    /// <summary>Offset of the next record to take.</summary>
    public long NextOffset { get; private set; } = place.ReadFrom;

    public StartPlace Place => place;

    public PartitionOffset NextCommit => Reading.Note(
        new(partition, NextOffset, new(targets, place.LiveFrom)), NextOffset);

    public Reading Reading => place.Reading;

    public long CommitOffset => NextOffset;

    public long CommittedOffset { get; private set; } = place.Committed ?? -1;

    /// <summary>Also where a partition starts: so that what was decided then is kept.</summary>
    public bool IsDirty => NextOffset > CommittedOffset && !Reading.IsStopped;

    public bool IsReplaying => NextOffset < LiveFrom && !Reading.IsStopped;

    public void Done(long offset) => NextOffset = offset + 1;

    /// <summary>The log has no further record below an offset: it may end in marks of transactions.</summary>
    public void ReachEnd(long offset) => NextOffset = Math.Max(NextOffset, offset);

    public bool HasToStore(long nowMs, bool isDraining) => false;

    public void Store(StoreTurn turn)
    {
    }

    public void Mark()
    {
    }

    public void Committed(PartitionOffset place)
    {
        Reading.Committed(place);
        CommittedOffset = place.Offset;
    }

    /// <summary>Reports how far the task is.</summary>
    /// <param name="logEnd">Offset after the last record of the log; negative while unknown.</param>
    /// <returns>Records that it is behind; 0 while unknown.</returns>
    public long Report(long logEnd)
    {
        long lag = Math.Max(0, logEnd - NextOffset);
        if (logEnd >= 0)
        {
            metrics.SetLag(lag);
        }

        if (Reading.IsStopped)
        {
            metrics.SetStopped(Reading.StoppedAt?.Offset ?? NextOffset);
        }

        metrics.SetRestoreRemaining(Math.Max(0, LiveFrom - NextOffset));
        return lag;
    }

    public void Dispose() => metrics.Dispose();
}
