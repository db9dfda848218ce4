using Simulation.Log;
using Simulation.Port;

namespace Simulation.Schedules;

/// <summary>Decides, at each call of a port, what goes wrong there; until the schedule calms down.</summary>
/// <remarks>
/// A process can die at any call, or stand still in the middle of it while the others go on and time passes: they are
/// given their turns right there, on the same stack. So everything happens between two calls that could in reality,
/// and all of it is a function of the seed.
/// </remarks>
internal sealed class ScheduleFate(
    SimulatedCluster cluster, Deployment deployment, Weather weather, EventCounts events, SeededRandom random) : IFate
{
    private const int MostDepth = 3;
    private const int Scale = 20_000;

    private int depth;

    public void Reset() => depth = 0;

    public bool Delays() => !deployment.IsCalm && random.PerMille(weather.Delay);

    public long MarkDelayMs() => !deployment.IsCalm && random.PerMille(60 * weather.Marks) ? random.Below(5_000) : 0;

    public int Amount(int most) => deployment.IsCalm || most <= 1 ? most : random.Between(1, most);

    public PortFault At(SimulatedPort port, PortCall call)
    {
        if (deployment.IsCalm || deployment.Failure is not null)
        {
            return PortFault.None;
        }

        int weight = WeightOf(call), draw = random.Below(Scale);
        if (draw < weight * weather.Crash)
        {
            Crash(port);
            return PortFault.None;
        }

        draw -= weight * weather.Crash;
        if (draw < weight * weather.Zombie && depth < MostDepth)
        {
            Freeze(port);
            return PortFault.None;
        }

        if (depth < MostDepth && random.Below(Scale) < 10 * weight * weather.Slow)
        {
            Interleave();
        }

        return FaultOf(call);
    }

    /// <summary>Calls at which more is at stake are hit more often.</summary>
    private static int WeightOf(PortCall call) => call switch
    {
        PortCall.Produce => 1,
        PortCall.SendOffsets or PortCall.CommitTransaction or PortCall.AbortTransaction => 30,
        PortCall.Init or PortCall.Committed or PortCall.Watermarks => 30,
        _ => 6,
    };

    private void Crash(SimulatedPort port)
    {
        if (deployment.Of(port) is { } slot)
        {
            events.Note(RareEvent.CrashDuringCall);
            deployment.Kill(slot, random.Below(8_000));
        }
    }

    /// <summary>The process stands still for longer than its session or its transaction lasts; the others go
    /// on.</summary>
    private void Freeze(SimulatedPort port)
    {
        if (deployment.Of(port) is not { } slot)
        {
            return;
        }

        events.Note(RareEvent.ZombieDuringCall);
        deployment.Faults++;
        slot.WasZombie = true;
        port.IsPaused = true;
        if (random.OneIn(4))
        {
            events.Note(RareEvent.ReplacedZombie);
            deployment.Replace(slot);
        }

        depth++;
        long untilMs = cluster.Clock.NowMs + random.Between(4_000, 24_000);
        while (cluster.Clock.NowMs < untilMs && !port.IsDead && deployment.Failure is null)
        {
            cluster.Advance(random.OneIn(6) ? random.Below(4_000) : random.Below(120));
            deployment.TurnAny();
        }

        depth--;
        port.IsPaused = false;
    }

    /// <summary>A slow answer: others have some turns meanwhile.</summary>
    private void Interleave()
    {
        events.Note(RareEvent.SlowBroker);
        depth++;
        for (int turns = random.Between(1, 4); turns > 0; turns--)
        {
            cluster.Advance(random.Below(40));
            deployment.TurnAny();
        }

        depth--;
    }

    private PortFault FaultOf(PortCall call)
    {
        switch (call)
        {
            case PortCall.Produce when random.Below(Scale) < 8 * weather.Slow:
                return Note(RareEvent.FullQueue, PortFault.Retriable);
            case PortCall.Flush when random.PerMille(100 * weather.Slow):
                return PortFault.Retriable;
            case PortCall.Committed or PortCall.Watermarks or PortCall.Init when random.PerMille(30 * weather.Query):
                return PortFault.Retriable;
            case PortCall.Poll when random.Below(Scale) < weather.Query:
                return Note(RareEvent.BrokenClient, PortFault.Fatal);
            case PortCall.Flush or PortCall.SendOffsets when random.PerMille(5 * weather.Transaction):
                return Note(RareEvent.RefusedOffsets, PortFault.Abortable);
            case PortCall.SendOffsets or PortCall.AbortTransaction when random.PerMille(15 * weather.Transaction):
                return random.OneIn(2) ? PortFault.Retriable : PortFault.RetriableButDone;
            case PortCall.CommitTransaction when random.PerMille(30 * weather.Transaction):
                return CommitFault();
            default:
                return PortFault.None;
        }
    }

    private PortFault CommitFault() => random.Below(12) switch
    {
        < 4 => Note(RareEvent.UnknownCommitDone, PortFault.RetriableButDone),
        < 7 => Note(RareEvent.UnknownCommitNotDone, PortFault.Retriable),
        < 9 => Note(RareEvent.Abort, PortFault.Abortable),
        < 10 => Note(RareEvent.AbortButDone, PortFault.AbortableButDone),
        < 11 => Note(RareEvent.BrokenClient, PortFault.Fatal),
        _ => Note(RareEvent.BrokenClient, PortFault.FatalButDone),
    };

    private PortFault Note(RareEvent happened, PortFault fault)
    {
        deployment.Faults++;
        events.Note(happened);
        if (fault is PortFault.RetriableButDone or PortFault.Retriable && happened != RareEvent.FullQueue)
        {
            events.Note(RareEvent.UnknownCommit);
        }

        return fault;
    }
}
