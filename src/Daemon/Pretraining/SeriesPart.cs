using System.Globalization;

namespace Streaming.Daemon.Pretraining;

/// <summary>The N-th of each M series: what trains, so that the others are left to measure with.</summary>
/// <param name="First">N, from 1.</param>
/// <param name="Every">M.</param>
internal readonly record struct SeriesPart(int First, int Every)
{
    public bool IsWhole => Every == 1;

    /// <summary>Parses N/M.</summary>
    public static bool TryParse(string text, out SeriesPart part)
    {
        string[] numbers = text.Split('/');
        bool parsed = int.TryParse(numbers[0], NumberStyles.None, CultureInfo.InvariantCulture, out int first)
            & int.TryParse(numbers[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int every);
        part = new(first, every);
        return parsed && numbers.Length == 2 && first >= 1 && first <= every;
    }

    /// <exception cref="FormatException">The text is not N/M.</exception>
    public static SeriesPart Parse(string text) =>
        TryParse(text, out SeriesPart part) ? part : throw new FormatException($"'{text}' is no part.");

    /// <summary>Whether a series trains.</summary>
    /// <param name="index">Its place among all that were found, from 0.</param>
    public bool Has(int index) => index % Every == First - 1;

    public override string ToString() => $"{First}/{Every}";
}
