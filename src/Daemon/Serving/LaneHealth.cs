namespace Streaming.Daemon.Serving;

/// <summary>What one lane reports about itself; every report, and <see cref="Beat"/>, says that its loop turned.
/// </summary>
/// <remarks>
/// The lane writes, /live and /ready read. Beat once a turn of the loop; whatever takes longer than
/// <see cref="HealthState.StallLimit"/> (restoring, waiting with back-off) reports from within.
/// </remarks>
internal sealed class LaneHealth
{
    private readonly TimeProvider clock;
    private volatile LaneState state = LaneState.Joining;
    private long lastTurn;
    private int restoring = -1;

    internal LaneHealth(TimeProvider clock, string name)
    {
        (this.clock, Name) = (clock, name);
        Beat();
    }

    /// <summary>What reasons call the lane.</summary>
    public string Name { get; }

    public LaneState State => state;

    /// <summary>Time since the loop last turned.</summary>
    public TimeSpan SinceTurn => clock.GetElapsedTime(Volatile.Read(ref lastTurn));

    public void Beat() => Volatile.Write(ref lastTurn, clock.GetTimestamp());

    public void Joining() => Report(LaneState.Joining);

    /// <param name="reason">What is waited for: "no broker answers: …".</param>
    public void Waiting(string reason) => Report(new(LanePhase.Waiting, reason));

    /// <param name="partition">Any one of those that are being restored.</param>
    public void Restoring(int partition)
    {
        // Called from loops: an unchanged state costs no allocation.
        if (state is { Phase: LanePhase.Restoring } && restoring == partition)
        {
            Beat();
            return;
        }

        restoring = partition;
        Report(new(LanePhase.Restoring, $"restoring partition {partition}"));
    }

    public void Running() => Report(LaneState.Running);

    public void Failed(string reason) => Report(new(LanePhase.Failed, reason));

    private void Report(LaneState next)
    {
        state = next;
        Beat();
    }
}
