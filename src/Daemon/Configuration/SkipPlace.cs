using System.Globalization;

namespace Streaming.Daemon.Configuration;

/// <summary>A record to skip, as operators write it: "events-3@12345" is offset 12345 of partition 3 of
/// events.</summary>
/// <param name="Topic">Its topic.</param>
/// <param name="Partition">Its partition.</param>
/// <param name="Offset">Its offset.</param>
internal readonly record struct SkipPlace(string Topic, int Partition, long Offset)
{
    /// <summary>Reads a place; the last '-' parts topic and partition.</summary>
    public static bool TryParse(string text, out SkipPlace place)
    {
        place = default;
        int at = text.LastIndexOf('@'), dash = at < 0 ? -1 : text.LastIndexOf('-', at);
        if (dash <= 0
            || !int.TryParse(text[(dash + 1)..at], NumberStyles.None, CultureInfo.InvariantCulture, out int partition)
            || !long.TryParse(text[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out long offset))
        {
            return false;
        }

        place = new(text[..dash], partition, offset);
        return ForecasterOptions.IsTopicName(place.Topic);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Topic}-{Partition}@{Offset}");
}
