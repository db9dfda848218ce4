using System.Globalization;
using System.Text;

namespace Streaming.Daemon.Kafka;

/// <summary>The text committed along with an offset, for the next owner and for operators' tools: "history from N", or
/// "N partitions, live from N" of the group that repartitions.</summary>
internal static class CommitNote
{
    private const string History = "history from ";
    private const string LiveFrom = " partitions, live from ";
    private const int MaxBytes = 64; // two numbers and a text fit

    /// <summary>The note of a place; empty where there is nothing to note.</summary>
    public static byte[] Of(PartitionOffset place) => Encoding.ASCII.GetBytes(place switch
    {
        { Repartition: { } note } =>
            string.Create(CultureInfo.InvariantCulture, $"{note.Partitions}{LiveFrom}{note.LiveFrom}"),
        { HistoryFrom: { } from } => string.Create(CultureInfo.InvariantCulture, $"{History}{from}"),
        _ => "",
    });

    /// <summary>The place with what its note says; a note that says anything else counts as none.</summary>
    public static PartitionOffset Read(int partition, long offset, ReadOnlySpan<byte> note)
    {
        string text = note.Length <= MaxBytes ? Encoding.ASCII.GetString(note) : "";
        if (text.StartsWith(History, StringComparison.Ordinal) && IsNumber(text[History.Length..], out long from))
        {
            return new(partition, offset, from);
        }

        return text.Split(LiveFrom) is [var count, var live] && IsNumber(count, out long partitions)
            && partitions is > 0 and <= int.MaxValue && IsNumber(live, out long liveFrom)
            ? new(partition, offset, Repartition: new((int)partitions, liveFrom))
            : new(partition, offset);
    }

    private static bool IsNumber(string text, out long number)
    {
        const int longest = 19; // digits of a long
        number = 0;
        return text.Length <= longest
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
