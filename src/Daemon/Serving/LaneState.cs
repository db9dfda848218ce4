namespace Streaming.Daemon.Serving;

/// <summary>Where a lane is in its life.</summary>
internal enum LanePhase
{
    /// <summary>Entering the consumer group, or rebalancing.</summary>
    Joining,

    /// <summary>Something outside is missing: no broker answers, a topic does not exist.</summary>
    Waiting,

    /// <summary>Rebuilding the state of a partition.</summary>
    Restoring,

    /// <summary>Joined, restored, in touch with Kafka. Owning no partition is fine.</summary>
    Running,

    /// <summary>Ended by an error; the process is about to end, too.</summary>
    Failed,
}

/// <summary>What a lane last reported.</summary>
/// <param name="Phase">Where it is.</param>
/// <param name="Reason">Why it is not running, for an operator to read; empty while running.</param>
internal sealed record LaneState(LanePhase Phase, string Reason)
{
    public static readonly LaneState Joining = new(LanePhase.Joining, "joining the consumer group");

    public static readonly LaneState Running = new(LanePhase.Running, "");
}
