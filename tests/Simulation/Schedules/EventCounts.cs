namespace Simulation.Schedules;

/// <summary>Which events happened in a schedule, and in how many schedules each did.</summary>
internal sealed class EventCounts
{
    private static readonly string[] Names = Enum.GetNames<RareEvent>();

    private readonly long[] schedules = new long[Names.Length];
    private ulong seen;

    public void Note(RareEvent happened) => seen |= 1UL << (int)happened;

    public bool Has(RareEvent happened) => (seen >> (int)happened & 1) != 0;

    /// <summary>A schedule is over: counts what happened in it.</summary>
    public void EndSchedule()
    {
        for (int i = 0; i < schedules.Length; i++)
        {
            schedules[i] += (long)(seen >> i & 1);
        }

        seen = 0;
    }

    /// <summary>Forgets what happened in a schedule that does not count.</summary>
    public void Forget() => seen = 0;

    public void Add(EventCounts other)
    {
        for (int i = 0; i < schedules.Length; i++)
        {
            schedules[i] += other.schedules[i];
        }
    }

    /// <summary>Schedules with each event, by name (camel case).</summary>
    public IReadOnlyDictionary<string, long> ByName => Enumerable.Range(0, Names.Length)
        .ToDictionary(i => char.ToLowerInvariant(Names[i][0]) + Names[i][1..], i => schedules[i]);
}
