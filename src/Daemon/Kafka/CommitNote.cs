using System.Globalization;
using System.Text;

namespace Streaming.Daemon.Kafka;

/// <summary>The text committed along with an offset, for the next owner and for operators' tools: "history from
/// N".</summary>
internal static class CommitNote
{
    private const string Start = "history from ";

    /// <summary>The note of a place; empty where its history begins nowhere in particular.</summary>
    public static byte[] Of(PartitionOffset place) => place.HistoryFrom is { } from
        ? Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Start}{from}"))
        : [];

    /// <summary>Where a note says that history begins; null where it says anything else.</summary>
    public static long? HistoryFrom(ReadOnlySpan<byte> note)
    {
        const int longest = 19; // digits of a long
        return note.Length <= Start.Length + longest
            && Encoding.ASCII.GetString(note) is var text
            && text.StartsWith(Start, StringComparison.Ordinal)
            && long.TryParse(
                text.AsSpan(Start.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long from)
            ? from
            : null;
    }
}
