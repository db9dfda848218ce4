using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Pipeline;

/// <summary>What a task knows of its reading itself: how carefully it reads, what it passes over, and what the group
/// was told of both.</summary>
/// <remarks>It outlives its task where the lane reads its partitions again.</remarks>
/// <param name="probation">How carefully it reads.</param>
/// <param name="skips">What it passes over.</param>
/// <param name="begunWith">Partitions that the topic had when the group began to read it.</param>
/// <param name="refusal">Why the partition is not read at all, whatever is in it; null: it is read.</param>
internal sealed class Reading(Probation probation, SkippedOffsets skips, int begunWith, string? refusal = null)
{
    private bool hasLeft;

    public Probation Probation => probation;

    /// <summary>Records that are passed over.</summary>
    public SkippedOffsets Skips => skips;

    /// <summary>The record that is to blame for the ends of owners; null while the partition is read. Where there is
    /// one, nothing is read, and what is committed stands.</summary>
    public SkipPlace? StoppedAt => probation.StoppedAt is { } offset ? skips.PlaceOf(offset) : null;

    public bool IsStopped => WhyStopped is not null;

    /// <summary>Why nothing is read, and what to do; null while the partition is read.</summary>
    public string? WhyStopped { get; } = refusal ?? (probation.StoppedAt is { } at ? Blame(skips.PlaceOf(at)) : null);

    /// <summary>What was committed last; null before the first time.</summary>
    public PartitionOffset? Said { get; private set; }

    /// <summary>A place to commit with what is to be said of the reading.</summary>
    /// <param name="place">The place.</param>
    /// <param name="next">Offset of the next record to take.</param>
    public PartitionOffset Note(PartitionOffset place, long next) =>
        place with
        {
            Attempt = hasLeft ? null : probation.At(next),
            Skipped = skips.Done,
            BegunWith = begunWith,
        };

    /// <summary>Whether a place to commit says more than what was committed last.</summary>
    public bool IsNews(PartitionOffset next) => !IsStopped && next != Said;

    /// <summary>A place is committed.</summary>
    public void Committed(PartitionOffset place) => Said = place;

    /// <summary>The partition leaves in good order: what is committed from now on says so.</summary>
    public void Leave() => hasLeft = true;

    private static string Blame(SkipPlace place) =>
        $"topic {place.Topic}, partition {place.Partition} is stopped at offset {place.Offset}, whose record has ended "
        + $"the process three times; add '{place}' to Input:Skip to pass over it";
}
