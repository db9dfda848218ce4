using System.Globalization;

namespace Streaming.Daemon.Demo;

/// <summary>Reader of NAB's stream files: a header <c>timestamp,value</c>, then one row a line, times in UTC.</summary>
internal static class StreamFile
{
    private const string Header = "timestamp,value";

    private static readonly string[] TimeFormats = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFF"];

    /// <summary>Reads all rows, in file order.</summary>
    /// <exception cref="InvalidDataException">A line is not what it should be; names file, line and fault.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static IReadOnlyList<DemoRow> Read(string path)
    {
        var rows = new List<DemoRow>();
        int line = 0;
        foreach (string text in File.ReadLines(path))
        {
            line++;
            if (line == 1)
            {
                Require(text == Header, path, line, $"expected the header '{Header}', found '{Shown(text)}'");
            }
            else if (text.Length > 0)
            {
                rows.Add(Parse(text, path, line));
            }
        }

        Require(rows.Count > 0, path, Math.Max(line, 1), "no row after the header");
        return rows;
    }

    private static DemoRow Parse(string text, string path, int line)
    {
        string[] parts = text.Split(',');
        Require(parts.Length == 2, path, line, $"expected two fields, found {parts.Length} in '{Shown(text)}'");
        Require(
            DateTime.TryParseExact(
                parts[0], TimeFormats, CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime time),
            path, line, $"expected a time as yyyy-MM-dd HH:mm:ss, found '{Shown(parts[0])}'");
        Require(
            double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                && double.IsFinite(value),
            path, line, $"expected a finite number, found '{Shown(parts[1])}'");
        return new(time, value);
    }

    private static string Shown(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private static void Require(bool holds, string path, int line, string fault)
    {
        if (!holds)
        {
            throw new InvalidDataException($"{path}, line {line}: {fault}.");
        }
    }
}
