using Streaming.Daemon.Configuration;
using Streaming.Daemon.Pipeline;

namespace Streaming.Daemon.State;

/// <summary>Stores one task: with each commit the series that have waited longest, and the marker.</summary>
/// <param name="publisher">Writes to the partition's state.</param>
/// <param name="checkpoint">What is to be written.</param>
/// <param name="owner">Whose state it is.</param>
/// <param name="options">Interval and bytes.</param>
internal sealed class TaskStorage(
    StatePublisher publisher, Checkpoint checkpoint, StateOwner owner, StateOptions options)
{
    private readonly long intervalMs = (long)options.CheckpointInterval.TotalMilliseconds;
    private TaskSnapshot? lowWater;

    /// <summary>Whether a series has waited for longer than an interval; draining: whether anything waits.</summary>
    /// <param name="nextOffset">Offset of the next record of the task.</param>
    /// <param name="nowMs">Now, in ms of the clock of commits.</param>
    /// <param name="isDraining">Whether all is to be stored, however young.</param>
    public bool IsDue(long nextOffset, long nowMs, bool isDraining) =>
        isDraining ? !checkpoint.IsClean(nextOffset) : checkpoint.IsDue(nowMs, intervalMs);

    /// <summary>Writes a slice of the series. Where storing falls behind by another interval, it goes before the bytes of
    /// a commit, so long as the commit may: commits take longer then, and less is read.</summary>
    /// <returns>Where a replay begins once it is committed.</returns>
    public TaskSnapshot WriteSeries(TaskSnapshot now, StoreTurn turn)
    {
        bool isBehind = checkpoint.AgeMs(turn.NowMs) > 2 * intervalMs;
        lowWater = checkpoint.Write(
            publisher, now, turn, turn.IsDraining ? 0 : intervalMs, isBehind ? long.MaxValue / 2 : options.CommitBytes);
        return lowWater;
    }

    /// <summary>Writes the marker that belongs to the series written last.</summary>
    public void WriteMarker(PartitionTask task, Adoption? adoption)
    {
        AdoptionTimeline timeline = task.Timeline;
        IEnumerable<Adoption> adoptions = timeline.Adoptions.Skip(timeline.CountUseless(lowWater!));
        publisher.Write(new Marker
        {
            Application = owner.Application,
            Cluster = owner.Cluster,
            InputTopic = owner.InputTopic,
            Era = owner.Era,
            Committed = task.NextOffset,
            LiveFrom = task.LiveFrom,
            LowWater = lowWater!,
            Skipped = [.. (task.Reading.Skips.Done ?? []).Where(offset => offset >= lowWater!.Offset)],
            LateRecords = task.LateRecords,
            Delivery = options.Delivery,
            Adoptions = [.. adoption is null ? adoptions : adoptions.Append(adoption)],
        });
        checkpoint.WriteGone(publisher);
    }

    /// <summary>What was written last is committed.</summary>
    public void Done(AdoptionTimeline timeline)
    {
        timeline.Forget(timeline.CountUseless(lowWater!));
        checkpoint.Done();
    }
}
