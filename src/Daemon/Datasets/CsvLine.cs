using System.Globalization;
using System.Text;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;

namespace Streaming.Daemon.Datasets;

/// <summary>One line of a CSV file.</summary>
/// <param name="Path">The file.</param>
/// <param name="LineNumber">Number of the line, from 1.</param>
/// <param name="Fields">Its fields, trimmed.</param>
internal readonly record struct CsvLine(string Path, int LineNumber, string[] Fields)
{
    private static readonly string[] Missing = ["", "NA", "NaN", "null"];

    /// <summary>Throws unless the line has so many fields.</summary>
    public void Require(int fields)
    {
        if (Fields.Length != fields)
        {
            throw Error($"expected {fields} fields as in the header, found {Fields.Length}");
        }
    }

    /// <summary>A field as a number; NaN where it is missing.</summary>
    public double Number(int field)
    {
        string text = Fields[field];
        if (Missing.Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            return double.NaN;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw Error($"expected a number in field {field + 1}, found '{Shown(text)}'");
    }

    /// <summary>A field as a time, in UTC ticks: ISO 8601, a number since 1970, or month/day/year with a
    /// time.</summary>
    public long Time(int field)
    {
        string text = Fields[field];
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        RejectReason reason = IsoTime.IsDate(bytes)
            ? IsoTime.Parse(bytes, out long ticks)
            : EpochTime.Parse(bytes, TimeUnit.Auto, out ticks);
        if (reason == RejectReason.None)
        {
            return ticks;
        }

        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTime.TryParse(text, CultureInfo.InvariantCulture, utc, out DateTime time)
            ? time.Ticks
            : throw Error($"expected a time in field {field + 1}, found '{Shown(text)}'");
    }

    public InvalidDataException Error(string fault) => new($"{Path}, line {LineNumber}: {fault}.");

    private static string Shown(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
