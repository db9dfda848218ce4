using Streaming.Daemon.Demo;

namespace Benchmarks.Nab;

/// <summary>A stream of the Numenta Anomaly Benchmark with its labelled windows.</summary>
/// <param name="Name">File name without extension.</param>
/// <param name="Times">Of its rows, in file order; they may repeat.</param>
/// <param name="Values">Of its rows.</param>
/// <param name="Windows">First and last row of each window, ascending.</param>
internal sealed record NabFile(string Name, DateTime[] Times, double[] Values, (int First, int Last)[] Windows)
{
    private const double ProbationShare = 0.15;
    private const int MostProbationRows = 750;

    /// <summary>Rows at the start that are not scored.</summary>
    public int ProbationRows => Math.Min((int)(ProbationShare * Times.Length), MostProbationRows);

    /// <summary>Span of the rows, in days.</summary>
    public double Days => (Times[^1] - Times[0]).TotalDays;

    /// <summary>Middle one of the times between two rows, in order of size.</summary>
    public TimeSpan Step =>
        Times.Zip(Times.Skip(1), (a, b) => b - a).Order().ElementAt((Times.Length - 1) / 2);

    /// <summary>Reads all streams below a folder that has combined_windows.json, ordered by name.</summary>
    /// <exception cref="InvalidDataException">A file is not of NAB's form.</exception>
    public static NabFile[] ReadAll(string folder) => [.. DemoData.Read(folder).Select(Of)];

    private static NabFile Of(DemoStream stream)
    {
        DateTime[] times = [.. stream.Rows.Select(row => row.Time)];
        return new(
            stream.Series, times, [.. stream.Rows.Select(row => row.Value)],
            [.. stream.Windows.Select(window => (RowAt(window.From), RowAt(window.To)))]);

        int RowAt(DateTime time) => Array.IndexOf(times, time) is var row and >= 0
            ? row : throw new InvalidDataException($"{stream.Series}: no row at {time:u}, where a window ends.");
    }
}
