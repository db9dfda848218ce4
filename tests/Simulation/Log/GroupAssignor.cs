using System.Numerics;

namespace Simulation.Log;

/// <summary>Spreads partitions over members, cooperatively: what moves is withheld until its owner has let
/// go.</summary>
internal sealed class GroupAssignor(SeededRandom random)
{
    private readonly uint[] targets = new uint[Partitions.Most];

    /// <summary>Sets what each member is to hold.</summary>
    /// <param name="members">All members.</param>
    /// <param name="partitions">Number of partitions.</param>
    /// <param name="isShuffled">Moves partitions about instead of leaving them where they are.</param>
    public void Assign(List<SimulatedMember> members, int partitions, bool isShuffled)
    {
        uint all = Partitions.First(partitions);
        Array.Clear(targets);
        uint free = isShuffled ? all : Keep(members, all);
        Spread(members.Count, free);
        uint owned = 0;
        foreach (SimulatedMember member in members)
        {
            owned |= member.Owned;
        }

        for (int m = 0; m < members.Count; m++)
        {
            members[m].Assigned = targets[m] & (members[m].Owned | ~owned);
        }
    }

    /// <summary>Leaves to each member what it owns, up to its share; returns the rest.</summary>
    private uint Keep(List<SimulatedMember> members, uint all)
    {
        uint free = all;
        int share = (BitOperations.PopCount(all) + members.Count - 1) / members.Count;
        for (int m = 0; m < members.Count; m++)
        {
            uint owned = members[m].Owned & free;
            while (BitOperations.PopCount(owned) > share)
            {
                owned &= owned - 1;
            }

            targets[m] = owned;
            free &= ~owned;
        }

        return free;
    }

    /// <summary>Gives each free partition to one of those that have fewest.</summary>
    private void Spread(int members, uint free)
    {
        int first = random.Below(members);
        for (; free != 0; free &= free - 1)
        {
            int least = first;
            for (int m = 0; m < members; m++)
            {
                least = BitOperations.PopCount(targets[m]) < BitOperations.PopCount(targets[least]) ? m : least;
            }

            targets[least] |= free & (~free + 1);
        }
    }
}
