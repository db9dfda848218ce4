using System.Globalization;
using System.Text;

namespace Streaming.Daemon.Kafka;

/// <summary>The text committed along with an offset, for the next owner and for operators' tools.</summary>
/// <remarks>Any of "6 partitions, live from 70" (of the group that repartitions), "start 2 at 70 of
/// 0.1.0 by 3f09c2d1" (or "start 3 taking 70 of 0.1.0", by an unknown process), "skipped 12 31" and "begun with 4",
/// parted by "; ". What is not understood, by part, counts as not there.</remarks>
internal static class CommitNote
{
    private const string Between = "; ", Skipped = "skipped ", Begun = "begun with ";
    private const string LiveFrom = " partitions, live from ";

    /// <summary>Longest note read, as brokers keep no longer ones by default.</summary>
    private const int MaxBytes = 4_096;

    /// <summary>The note of a place; empty where there is nothing to say.</summary>
    public static byte[] Of(PartitionOffset place)
    {
        var parts = new List<string>(4);
        if (place.Repartition is { } note)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{note.Partitions}{LiveFrom}{note.LiveFrom}"));
        }

        if (place.Attempt is { } attempt)
        {
            string verb = attempt.IsTaking ? "taking" : "at";
            string by = attempt.Process.Length > 0 ? $" by {attempt.Process}" : "";
            parts.Add(string.Create(
                CultureInfo.InvariantCulture, $"start {attempt.Start} {verb} {attempt.At} of {attempt.Version}{by}"));
        }

        if (place.Skipped is { Count: > 0 } skipped)
        {
            parts.Add(Skipped + string.Join(' ', skipped.Select(o => o.ToString(CultureInfo.InvariantCulture))));
        }

        if (place.BegunWith is { } partitions)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{Begun}{partitions}"));
        }

        return Encoding.UTF8.GetBytes(string.Join(Between, parts));
    }

    /// <summary>The place that an offset and its note tell.</summary>
    public static PartitionOffset Read(int partition, long offset, ReadOnlySpan<byte> note)
    {
        var place = new PartitionOffset(partition, offset);
        if (note.Length > MaxBytes)
        {
            return place;
        }

        foreach (string part in Encoding.UTF8.GetString(note).Split(Between))
        {
            place = place with
            {
                Repartition = RepartitionOf(part) ?? place.Repartition,
                Attempt = AttemptOf(part) ?? place.Attempt,
                Skipped = After(Skipped, part) is { } skipped ? Numbers(skipped) : place.Skipped,
                BegunWith = After(Begun, part) is { } begun ? Count(begun) : place.BegunWith,
            };
        }

        return place;
    }

    private static RepartitionNote? RepartitionOf(string part) =>
        part.Split(LiveFrom) is [var count, var live] && Count(count) is { } partitions
        && Number(live) is { } liveFrom
            ? new(partitions, liveFrom)
            : null;

    private static Attempt? AttemptOf(string part) =>
        part.Split(' ') is ["start", var number, ("at" or "taking") and var verb, var at, "of", var version, .. var by]
        && by is [] or ["by", _]
        && Number(number) is { } start and >= Attempt.First and <= Attempt.Suspecting && Number(at) is { } offset
            ? new((int)start, offset, verb == "taking", version, by is [_, var process] ? process : "")
            : null;

    /// <summary>What follows a beginning; null where the text has another.</summary>
    private static string? After(string beginning, string text) =>
        text.StartsWith(beginning, StringComparison.Ordinal) ? text[beginning.Length..] : null;

    private static int? Count(string text) => Number(text) is { } count and > 0 and <= int.MaxValue ? (int)count : null;

    private static long[]? Numbers(string text)
    {
        long?[] numbers = Array.ConvertAll(text.Split(' '), Number);
        return numbers.Contains(null) ? null : Array.ConvertAll(numbers, number => number!.Value);
    }

    private static long? Number(string text)
    {
        const int longest = 19; // digits of a long
        return text.Length <= longest
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : null;
    }
}
