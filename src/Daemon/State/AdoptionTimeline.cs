using Streaming.Daemon.Pipeline;

namespace Streaming.Daemon.State;

/// <summary>The versions in force in one task, from which offset on, for which series from when on.</summary>
/// <remarks>
/// An adoption is decided at a commit and in force from the next record on. A series follows at its first step whose
/// stream time lies so far past the adoption's as the hash of its id says, within the spread: not all at once. A
/// function of the log and of this timeline alone, so a replay adopts at the same steps. Lane's thread only.
/// </remarks>
internal sealed class AdoptionTimeline
{
    private readonly List<(Adoption Adoption, ModelVersion Version)> entries = [];
    private readonly long spreadTicks;

    /// <param name="first">In force where the task starts.</param>
    /// <param name="spread">Time over which series follow an adoption; zero: at once.</param>
    public AdoptionTimeline((Adoption Adoption, ModelVersion Version) first, TimeSpan spread)
    {
        entries.Add(first);
        spreadTicks = spread.Ticks;
    }

    /// <summary>All adoptions that a replay can come across, the oldest first.</summary>
    public IEnumerable<Adoption> Adoptions => entries.Select(entry => entry.Adoption);

    /// <summary>How many there are.</summary>
    public int Count => entries.Count;

    /// <summary>The version adopted last.</summary>
    public ModelVersion Newest => entries[^1].Version;

    /// <summary>The version of a place in the timeline.</summary>
    public ModelVersion this[int place] => entries[place].Version;

    /// <summary>Adds an adoption that is committed, or was.</summary>
    public void Add(Adoption adoption, ModelVersion version) => entries.Add((adoption, version));

    /// <summary>Place of the version of a step.</summary>
    /// <param name="series">Hash of the series' id.</param>
    /// <param name="offset">Offset of the record that the step comes of.</param>
    /// <param name="streamTimeTicks">Stream time of the task at it.</param>
    public int PlaceAt(ulong series, long offset, long streamTimeTicks)
    {
        for (int i = entries.Count - 1; i > 0; i--)
        {
            Adoption adoption = entries[i].Adoption;
            if (adoption.Offset <= offset && IsFollowed(adoption, ShareOf(series), streamTimeTicks))
            {
                return i;
            }
        }

        return 0;
    }

    /// <summary>Adoptions at the beginning that no step needs which is at or after an offset.</summary>
    /// <param name="lowWater">The task there.</param>
    public int CountUseless(TaskSnapshot lowWater)
    {
        int useless = 0;
        while (useless + 1 < entries.Count && entries[useless + 1].Adoption.Offset <= lowWater.Offset
            && IsFollowed(entries[useless + 1].Adoption, spreadTicks, lowWater.StreamTimeTicks))
        {
            useless++;
        }

        return useless;
    }

    /// <summary>Forgets the first ones.</summary>
    public void Forget(int count) => entries.RemoveRange(0, count);

    private static bool IsFollowed(Adoption adoption, long shareTicks, long streamTimeTicks) =>
        adoption.StreamTimeTicks <= streamTimeTicks - shareTicks || shareTicks == 0;

    private long ShareOf(ulong series) => spreadTicks == 0 ? 0 : (long)(series % (ulong)spreadTicks);
}
