using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Pipeline;

/// <summary>What a lane does with one partition, as far as its place in the log goes.</summary>
internal interface IPartitionTask : IDisposable
{
    int Partition { get; }

    /// <summary>What to commit before anything is done; where a lane that has lost something goes back to.</summary>
    PartitionOffset FirstCommit { get; }

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

    /// <summary>The record at an offset is done.</summary>
    void Done(long offset);

    /// <summary>Says that <see cref="NextCommit"/> is committed.</summary>
    void Committed();
}
