using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Pipeline;

/// <summary>What a lane does with one partition, as far as its place in the log goes.</summary>
internal interface IPartitionTask : IDisposable
{
    int Partition { get; }

    /// <summary>Where it started; a lane that has lost something before the first commit goes back to it.</summary>
    StartPlace Place { get; }

    /// <summary>What to commit.</summary>
    PartitionOffset NextCommit { get; }

    /// <summary>Offset of the next record to take.</summary>
    long NextOffset { get; }

    /// <summary>How carefully it reads, what it passes over, and what the group was told of that.</summary>
    Reading Reading { get; }

    /// <summary>Offset to commit.</summary>
    long CommitOffset { get; }

    /// <summary>Offset of the last commit; −1 before the first one of the group.</summary>
    long CommittedOffset { get; }

    /// <summary>Whether there is something done that is not committed.</summary>
    bool IsDirty { get; }

    /// <summary>Whether what is read is not to be published.</summary>
    bool IsReplaying { get; }

    /// <summary>Whether something is to be stored at a commit, even if no record has been read since the last.</summary>
    /// <param name="nowMs">Now, in ms of the clock of commits.</param>
    /// <param name="isDraining">Whether all is to be stored, however young.</param>
    bool HasToStore(long nowMs, bool isDraining);

    /// <summary>The record at an offset is done.</summary>
    void Done(long offset);

    /// <summary>Produces what is stored along with <see cref="NextCommit"/>: series, by and by. Nothing changes before
    /// that is committed.</summary>
    /// <param name="turn">How much.</param>
    void Store(StoreTurn turn);

    /// <summary>Produces the marker of what <see cref="Store"/> has stored.</summary>
    void Mark();

    /// <summary>Says that a place is committed, and what was stored along with it.</summary>
    void Committed(PartitionOffset place);
}
