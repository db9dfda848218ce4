using System.Globalization;

namespace Integration.Harness;

/// <summary>Samples of a /metrics page.</summary>
internal static class Metrics
{
    /// <summary>Value by name with labels, as they stand on the page.</summary>
    public static IReadOnlyDictionary<string, double> Parse(string page) =>
        page.Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#')
            .ToDictionary(
                line => line[..line.LastIndexOf(' ')],
                line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
}
