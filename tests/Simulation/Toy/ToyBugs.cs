namespace Simulation.Toy;

/// <summary>Mistakes planted in the toy, one at a time, to see that schedules find them.</summary>
[Flags]
internal enum ToyBugs
{
    None = 0,

    /// <summary>Offsets are committed, and outputs go into the next transaction.</summary>
    CommitBeforeProduce = 1,

    /// <summary>The marker's low-water offset is one too high.</summary>
    LowWaterOneTooHigh = 1 << 1,

    /// <summary>Marker and group say one record too many is done.</summary>
    CommittedOneTooHigh = 1 << 2,

    /// <summary>A series whose state was written once never enters the dirty queue again.</summary>
    DirtyQueueNotRearmed = 1 << 3,

    /// <summary>The end of the state partition is asked for before the committed offset was stable.</summary>
    EndBeforeCommitted = 1 << 4,

    /// <summary>Restore ends where the reader says that the log ends.</summary>
    StopAtEof = 1 << 5,

    /// <summary>The offset of one task is left out of the transaction.</summary>
    TaskMissingFromOffsets = 1 << 6,

    /// <summary>A commit whose outcome is unknown is aborted.</summary>
    AbortAfterUnknownCommit = 1 << 7,

    /// <summary>A record that a restored state knows already does not advance stream time either.</summary>
    SkipAlsoSkipsStreamTime = 1 << 8,

    /// <summary>States go to the partition that the hash of their key chooses.</summary>
    StateByKeyHash = 1 << 9,

    /// <summary>After an abort the outputs are sent again without looking at the committed offset.</summary>
    AbortWithoutLooking = 1 << 10,

    /// <summary>One death record a series, by its id alone.</summary>
    OneDeathRecordPerSeries = 1 << 11,

    /// <summary>Closings run in the order of the table.</summary>
    ClosingsInTableOrder = 1 << 12,

    /// <summary>The marker holds the newest adoption only.</summary>
    TimelinePrunedToNewest = 1 << 13,

    /// <summary>The outputs of a partition that left are sent with those of the ones that stayed.</summary>
    KeepsOutputsOfLeavers = 1 << 14,

    /// <summary>A task commits while it replays.</summary>
    CommitsWhileReplaying = 1 << 15,

    /// <summary>The marker holds the snapshot of now, not that of its low-water offset.</summary>
    SnapshotOfNow = 1 << 16,

    /// <summary>After an abort nobody asks whether a commit without input took effect.</summary>
    ForgetsIdleCommits = 1 << 17,

    /// <summary>Closings by other series' records do not make a series dirty.</summary>
    ClosingsLeaveClean = 1 << 18,
}
