using System.Numerics;

namespace Simulation.Log;

/// <summary>Sets of partitions, a bit each.</summary>
internal static class Partitions
{
    /// <summary>Partitions that a set can hold.</summary>
    public const int Most = 32;

    public static bool Has(this uint set, int partition) => (set >> partition & 1) != 0;

    /// <summary>Writes the members of a set in ascending order.</summary>
    public static Span<int> CopyTo(this uint set, Span<int> room)
    {
        int count = 0;
        for (; set != 0; set &= set - 1)
        {
            room[count++] = BitOperations.TrailingZeroCount(set);
        }

        return room[..count];
    }

    public static uint Bit(int partition) => 1u << partition;

    /// <summary>The first so many partitions.</summary>
    public static uint First(int count) => count == Most ? uint.MaxValue : (1u << count) - 1;
}
