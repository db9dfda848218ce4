using Streaming.Inference.Series;
using Streaming.Inference.Series.Codec;

namespace Streaming.Inference.Experts;

/// <summary>Related series of one partition, each of which is forecast from the last values of all.</summary>
/// <remarks>
/// A pure function of its members' observations in the order of the log, whatever their own grids make of them: a member
/// whose state is newer than the replay of another leaves it what it needs. What is seen as of a step knows none that
/// comes after it. A member that is late, or of another partition, is absent. Not thread-safe.
/// </remarks>
public sealed class SeriesGroup
{
    /// <summary>Largest group: experts have features of each other member, and larger ones cost more than they bring.
    /// </summary>
    public const int MostMembers = 24;

    /// <summary>Values that are seen of each other member, in steps.</summary>
    public const int LagSteps = 12;

    private readonly SeriesProfile profile;
    private readonly GroupMember[] members;

    /// <summary>Creates a group that has heard nothing.</summary>
    /// <param name="profile">What its members share; not in event mode.</param>
    /// <param name="namedKinds">Of each member, what its values are where nobody says so.</param>
    /// <exception cref="ArgumentException">Events have no common steps, or there are too many members.</exception>
    public SeriesGroup(SeriesProfile profile, ReadOnlySpan<ValueKind> namedKinds)
    {
        ArgumentNullException.ThrowIfNull(profile);
        if (profile.IsEventMode || namedKinds.Length > MostMembers)
        {
            throw new ArgumentException($"A group has a step, and at most {MostMembers} members.", nameof(profile));
        }

        this.profile = profile;
        members = new GroupMember[namedKinds.Length];
        for (int place = 0; place < members.Length; place++)
        {
            members[place] = new(profile, namedKinds[place]);
        }
    }

    /// <summary>Members.</summary>
    public int Count => members.Length;

    /// <summary>Members that have come.</summary>
    public int HeardCount => members.Count(member => member.IsHeard);

    /// <summary>Members of which enough is known to be seen by the others.</summary>
    public int KnownCount => members.Count(member => member.IsKnown);

    /// <summary>How many features each member has from the others.</summary>
    internal int FeatureCount => GroupFeatures.CountOf(members.Length, LagSteps);

    /// <summary>Makes a series a member.</summary>
    /// <param name="place">Its place, from 0.</param>
    /// <param name="series">A series of no group, whose plan says how many members there are.</param>
    public void Join(int place, SeriesState series)
    {
        ArgumentNullException.ThrowIfNull(series);
        (series.Group, series.GroupPlace) = (this, place);
    }

    /// <summary>Takes an observation of a member, before intake does.</summary>
    public void Note(int place, in Sample sample) => members[place].Note(sample);

    /// <summary>Writes what a member sees of the others.</summary>
    /// <param name="place">The member.</param>
    /// <param name="startTicks">Start of the step as of which it looks.</param>
    /// <param name="features">Receives them, [<see cref="FeatureCount"/>], the others in the order of their places.</param>
    internal void Look(int place, long startTicks, Span<double> features)
    {
        long step = profile.IndexOf(startTicks);
        for (int m = 0; m < members.Length; m++)
        {
            if (m != place)
            {
                members[m].Look(step, features[..LagSteps]);
                features = features[LagSteps..];
            }
        }
    }

    /// <summary>Writes all that it remembers.</summary>
    public void WriteTo(StateWriter writer)
    {
        foreach (GroupMember member in members)
        {
            member.WriteTo(writer);
        }
    }

    /// <summary>Remembers what was written instead.</summary>
    /// <exception cref="InvalidDataException">It was written by something else.</exception>
    public void ReadFrom(ref StateReader reader)
    {
        foreach (GroupMember member in members)
        {
            member.ReadFrom(ref reader);
        }
    }
}
