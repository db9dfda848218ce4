using System.Text;
using Streaming.Daemon.Demo;

namespace Integration.Harness;

/// <summary>An event as it is sent.</summary>
internal sealed record NabEvent(byte[] Key, byte[] Json);

/// <summary>The bundled real streams as events.</summary>
internal static class NabSeries
{
    public const string Taxi = "nyc_taxi";

    private static readonly string Folder = RepositoryRoot.Combine("data", "nab");

    /// <summary>Events of the first rows of one stream.</summary>
    public static IReadOnlyList<NabEvent> Events(string series, int rows)
    {
        string path = Directory.EnumerateFiles(Folder, $"{series}.csv", SearchOption.AllDirectories).Single();
        return [.. StreamFile.Read(path).Take(rows).Select(row => Event(series, row))];
    }

    /// <summary>Events of the first rows of several streams, in turn.</summary>
    /// <param name="streams">How many streams, the taxi first.</param>
    /// <param name="rows">Rows of each.</param>
    public static IReadOnlyList<NabEvent> Interleaved(int streams, int rows)
    {
        IReadOnlyList<NabEvent>[] all =
        [
            .. Names().Take(streams).Select(name => Events(name, rows)),
        ];
        return [.. Enumerable.Range(0, rows).SelectMany(row => all.Where(s => row < s.Count).Select(s => s[row]))];
    }

    public static NabEvent Event(string series, DemoRow row) =>
        new(Encoding.UTF8.GetBytes(series), EventJson.Encode(series, row));

    private static IEnumerable<string> Names() =>
        Directory.EnumerateFiles(Path.Combine(Folder, "realAWSCloudwatch"), "*.csv")
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Order(StringComparer.Ordinal)
            .Prepend(Taxi);
}
