using System.Numerics;
using Streaming.Inference.Series.Codec;

namespace Streaming.Inference.Series;

/// <summary>Running totals of a series' open buckets, in the order of their times, one of each.</summary>
/// <remarks>
/// A rate spans the time from the total before, and that may still come while the bucket is open: so totals wait until
/// it closes, and the order in which they came is forgotten. At most <see cref="Most"/> wait. Allocates as they grow in
/// number; a series without totals has no array.
/// </remarks>
internal struct OpenTotals
{
    /// <summary>Most totals of a series that wait.</summary>
    public const int Most = 128;

    private const int FirstRoom = 8;

    private Total[]? totals; // ascending by time
    private int count;

    /// <summary>Those that wait, the oldest first; valid until the next change.</summary>
    public readonly ReadOnlySpan<Total> Waiting => totals.AsSpan(0, count);

    /// <summary>Bytes of the array.</summary>
    public readonly long Bytes => totals is null ? 0 : BytesOf(totals.Length);

    /// <summary>Takes a total in; of two of one time the later stays, whichever came first.</summary>
    /// <param name="total">The total.</param>
    /// <param name="oldest">Where there is no room, the oldest of all, this one included: it waits no longer.</param>
    /// <returns>Whether one had to go.</returns>
    public bool Add(in Total total, out Total oldest)
    {
        totals ??= new Total[FirstRoom];
        oldest = default;
        int at = count;
        while (at > 0 && totals[at - 1].TimeTicks > total.TimeTicks)
        {
            at--;
        }

        if (at > 0 && totals[at - 1].TimeTicks == total.TimeTicks)
        {
            totals[at - 1] = Total.Later(totals[at - 1], total);
            return false;
        }

        if (count == Most)
        {
            oldest = at == 0 ? total : totals[0];
            if (at > 0)
            {
                Array.Copy(totals, 1, totals, 0, at - 1);
                totals[at - 1] = total;
            }

            return true;
        }

        if (count == totals.Length)
        {
            Array.Resize(ref totals, 2 * count);
        }

        Array.Copy(totals, at, totals, at + 1, count - at);
        totals[at] = total;
        count++;
        return false;
    }

    /// <summary>Drops the oldest ones.</summary>
    public void Drop(int number)
    {
        count -= number;
        totals.AsSpan(number, count).CopyTo(totals);
    }

    /// <summary>Writes those that wait.</summary>
    public readonly void WriteTo(StateWriter writer)
    {
        writer.Write(count);
        writer.Write(Waiting);
    }

    public void ReadFrom(ref StateReader reader)
    {
        count = reader.ReadCount(Most);
        totals = count > 0 ? new Total[BitOperations.RoundUpToPowerOf2((uint)Math.Max(count, FirstRoom))] : null;
        reader.Read(totals.AsSpan(0, count));
    }

    /// <summary>Bytes of room for so many totals.</summary>
    internal static long BytesOf(int count) => SeriesMemory.ArrayOf<Total>(count);
}
