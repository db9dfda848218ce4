using System.Text;
using Streaming.Daemon.Demo;

namespace Integration.Harness;

/// <summary>An event as it is sent.</summary>
internal sealed record NabEvent(byte[] Key, byte[] Json);

/// <summary>The bundled real streams as events.</summary>
internal static class NabSeries
{
    public const string Taxi = "nyc_taxi";

    private static readonly string[] Lively =
        [Taxi, "ec2_cpu_utilization_5f5533", "elb_request_count_8c0756", "rds_cpu_utilization_e47b3b"];

    private static readonly string Folder = RepositoryRoot.Combine("data", "nab");

    /// <summary>Events of the first rows of one stream.</summary>
    public static IReadOnlyList<NabEvent> Events(string series, int rows) =>
        [.. Rows(series).Take(rows).Select(row => Event(series, row))];

    /// <summary>Events of the first rows of several streams, in turn.</summary>
    /// <param name="streams">How many streams, the taxi first.</param>
    /// <param name="rows">Rows of each.</param>
    public static IReadOnlyList<NabEvent> Interleaved(int streams, int rows) =>
        InTurn([.. Names().Take(streams).Select(name => Events(name, rows))], rows);

    /// <summary>The taxi and three streams of CloudWatch that never stand still, cut into parts that count as series
    /// of their own, in turn.</summary>
    /// <param name="parts">Parts of a stream, at most.</param>
    /// <param name="rows">Rows of a part.</param>
    public static IReadOnlyList<NabEvent> Cut(int parts, int rows)
    {
        IReadOnlyList<NabEvent>[] all =
        [
            .. Lively.SelectMany(name => Rows(name).Chunk(rows).Take(parts).Select((part, number) =>
                part.Select(row => Event($"{name}.{number}", row)).ToArray())),
        ];
        return InTurn(all, rows);
    }

    /// <summary>Step of a series in the tests: that of its file.</summary>
    public static TimeSpan StepOf(string series) =>
        TimeSpan.FromMinutes(series.StartsWith(Taxi, StringComparison.Ordinal) ? 30 : 5);

    private static NabEvent Event(string series, DemoRow row) =>
        new(Encoding.UTF8.GetBytes(series), EventJson.Encode(series, row));

    private static IReadOnlyList<NabEvent> InTurn(IReadOnlyList<NabEvent>[] series, int rows) =>
        [.. Enumerable.Range(0, rows).SelectMany(row => series.Where(s => row < s.Count).Select(s => s[row]))];

    private static IReadOnlyList<DemoRow> Rows(string series) =>
        StreamFile.Read(Directory.EnumerateFiles(Folder, $"{series}.csv", SearchOption.AllDirectories).Single());

    private static IEnumerable<string> Names() =>
        Directory.EnumerateFiles(Path.Combine(Folder, "realAWSCloudwatch"), "*.csv")
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Order(StringComparer.Ordinal)
            .Prepend(Taxi);
}
