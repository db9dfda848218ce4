using System.Collections.Immutable;

namespace Streaming.Inference.Series;

/// <summary>A time zone, frozen: the offsets from UTC and the moments at which they change. Immutable, thread-safe.
/// </summary>
/// <remarks>The one place where local time is made; it asks no machine. Times are ticks since 0001-01-01.</remarks>
public sealed class LocalTime
{
    private readonly ImmutableArray<long> changes;
    private readonly ImmutableArray<long> offsets;

    /// <param name="id">Name of the zone.</param>
    /// <param name="changes">UTC ticks at which the offset changes, ascending, more than four days apart, [N].</param>
    /// <param name="offsets">Local time − UTC before the first change and from each on, in ticks, [N + 1].</param>
    /// <exception cref="ArgumentException">The lengths don't go together.</exception>
    public LocalTime(string id, ImmutableArray<long> changes, ImmutableArray<long> offsets)
    {
        if (offsets.Length != changes.Length + 1)
        {
            throw new ArgumentException($"{changes.Length} changes need one more offset, not {offsets.Length}.");
        }

        (Id, this.changes, this.offsets) = (id, changes, offsets);
    }

    /// <summary>Name of the zone, such as Europe/Berlin.</summary>
    public string Id { get; }

    /// <summary>What clocks on the wall show at a moment.</summary>
    public long Of(long utcTicks) => utcTicks + offsets[ChangesUpTo(utcTicks)];

    /// <summary>The first moment at which clocks show a time or a later one: one that they skip begins where they jump,
    /// of one that they show twice it is the first.</summary>
    public long FirstAt(long localTicks)
    {
        int after = ChangesUpTo(localTicks + (2 * TimeSpan.TicksPerDay));
        if (after == 0 || changes[after - 1] < localTicks - (2 * TimeSpan.TicksPerDay))
        {
            return localTicks - offsets[after]; // no change is near
        }

        long change = changes[after - 1];
        long before = localTicks - offsets[after - 1];
        return before < change ? before : Math.Max(change, localTicks - offsets[after]);
    }

    private int ChangesUpTo(long utcTicks)
    {
        int at = changes.BinarySearch(utcTicks);
        return at < 0 ? ~at : at + 1;
    }
}
