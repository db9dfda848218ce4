using System.Collections.Concurrent;
using System.Collections.Immutable;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Configuration;

/// <summary>Time zones by their IANA names, read from the machine's tzdata and frozen.</summary>
/// <remarks>The one place that asks TimeZoneInfo: see decision 11. Thread-safe.</remarks>
internal static class TimeZones
{
    public const string Utc = "UTC";

    private static readonly DateTime First = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime End = new(2200, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly ConcurrentDictionary<string, LocalTime> Known = new(StringComparer.Ordinal);

    /// <summary>Finds a zone; null for UTC.</summary>
    /// <returns>Whether the machine knows it.</returns>
    public static bool TryFind(string id, out LocalTime? zone)
    {
        zone = null;
        if (id == Utc)
        {
            return true;
        }

        if (!Known.TryGetValue(id, out zone) && TimeZoneInfo.TryFindSystemTimeZoneById(id, out TimeZoneInfo? found))
        {
            zone = Known.GetOrAdd(id, Freeze(id, found));
        }

        return zone is not null;
    }

    /// <summary>All changes from 1970 to 2200: a step a day, then between two days that differ.</summary>
    private static LocalTime Freeze(string id, TimeZoneInfo zone)
    {
        ImmutableArray<long>.Builder changes = ImmutableArray.CreateBuilder<long>();
        ImmutableArray<long>.Builder offsets = ImmutableArray.CreateBuilder<long>();
        offsets.Add(zone.GetUtcOffset(First).Ticks);
        for (DateTime day = First; day < End; day = day.AddDays(1))
        {
            long next = zone.GetUtcOffset(day.AddDays(1)).Ticks;
            if (next != offsets[^1])
            {
                changes.Add(ChangeWithin(zone, day.Ticks, day.AddDays(1).Ticks));
                offsets.Add(next);
            }
        }

        return new(id, changes.ToImmutable(), offsets.ToImmutable());
    }

    /// <summary>First tick with the later offset.</summary>
    private static long ChangeWithin(TimeZoneInfo zone, long before, long from)
    {
        long earlier = OffsetAt(zone, before);
        while (from - before > 1)
        {
            long middle = before + ((from - before) / 2);
            (before, from) = OffsetAt(zone, middle) == earlier ? (middle, from) : (before, middle);
        }

        return from;
    }

    private static long OffsetAt(TimeZoneInfo zone, long utcTicks) =>
        zone.GetUtcOffset(new DateTime(utcTicks, DateTimeKind.Utc)).Ticks;
}
