using Simulation.Schedules;

namespace Simulation.Toy;

/// <summary>The adoptions of one task, by offset.</summary>
/// <remarks>
/// A series uses the last version whose adoption's stream time, plus the series' share of the spread, the task's stream
/// time has reached: new series go by the same rule, so that this is a function of timeline, series and stream time.
/// Stream time never goes back, so once it has passed an adoption by the whole spread, older ones are needed no more.
/// </remarks>
internal sealed class ToyTimeline(IEnumerable<Adoption> adoptions)
{
    /// <summary>Stream time over which series spread their switch.</summary>
    public const long Spread = 30;

    private readonly List<Adoption> entries = [.. adoptions];

    public IReadOnlyList<Adoption> Entries => entries;

    /// <summary>The newest version decided for; 0 for the first one.</summary>
    public int Newest => entries.Count == 0 ? 0 : entries[^1].Version;

    public void Add(Adoption adoption) => entries.Add(adoption);

    /// <summary>The version of a series' step.</summary>
    public int VersionOf(int series, long offset, long streamTime)
    {
        long share = (long)(SeededRandom.Mix((ulong)series) % (ulong)Spread);
        for (int i = entries.Count - 1; i >= 0; i--)
        {
            if (entries[i].Offset <= offset && entries[i].StreamTime + share <= streamTime)
            {
                return entries[i].Version;
            }
        }

        return 0;
    }

    /// <summary>The entries that a step at or after a low-water offset may need.</summary>
    /// <param name="lowWater">The offset.</param>
    /// <param name="streamTime">The task's stream time there.</param>
    public int FirstNeeded(long lowWater, long streamTime)
    {
        int first = 0;
        while (first + 1 < entries.Count && entries[first + 1].Offset <= lowWater
            && streamTime >= entries[first + 1].StreamTime + Spread)
        {
            first++;
        }

        return first;
    }

    /// <summary>Forgets the first so many entries.</summary>
    public void Forget(int count) => entries.RemoveRange(0, count);
}
