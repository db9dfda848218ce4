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

    /// <summary>Offset to commit.</summary>
    long CommitOffset { get; }

    /// <summary>Offset of the last commit; −1 before the first one of the group.</summary>
    long CommittedOffset { get; }

    /// <summary>Whether there is something to commit.</summary>
    bool IsDirty { get; }

    /// <summary>Whether what is read is not to be published.</summary>
    bool IsReplaying { get; }

    /// <summary>Says that <see cref="NextCommit"/> is committed.</summary>
    void Committed();
}
