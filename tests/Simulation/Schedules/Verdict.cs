namespace Simulation.Schedules;

/// <summary>What came out of one schedule, or of many.</summary>
internal sealed class Verdict
{
    /// <summary>Outputs of the reference run that were not committed.</summary>
    public long Lost { get; set; }

    /// <summary>Outputs committed more than once.</summary>
    public long Duplicated { get; set; }

    /// <summary>Outputs, or states in the end, that are not the reference's bit for bit, or not in its order.</summary>
    public long Divergent { get; set; }

    /// <summary>Schedules in which a process did what it must not, or that came to no end.</summary>
    public long Failed { get; set; }

    /// <summary>What happened in the first of those.</summary>
    public string? Failure { get; set; }

    public bool IsClean => Lost + Duplicated + Divergent + Failed == 0;

    public void Add(Verdict other)
    {
        Lost += other.Lost;
        Duplicated += other.Duplicated;
        Divergent += other.Divergent;
        Failed += other.Failed;
        Failure ??= other.Failure;
    }

    public override string ToString() =>
        $"{Lost} lost, {Duplicated} duplicated, {Divergent} divergent, {Failed} failed {Failure}".TrimEnd();
}
