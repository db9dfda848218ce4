using Streaming.Daemon.Datasets;
using Streaming.Training.Preparation;

namespace Benchmarks.Learn;

/// <summary>The M4 competition's hourly series, every other one: its two files joined.</summary>
internal static class M4Hourly
{
    public static IEnumerable<RawSeries> Read(string folder)
    {
        IReadOnlyList<RawSeries> train = CsvFile.Read(Path.Combine(folder, "M4-Hourly-train-odd.csv"), new());
        var test = CsvFile.Read(Path.Combine(folder, "M4-Hourly-test-odd.csv"), new()).ToDictionary(one => one.Id);
        foreach (RawSeries series in train)
        {
            double[] values = [.. series.Values, .. test[series.Id].Values];
            long start = series.TimeTicks[0];
            long[] times = [.. Enumerable.Range(0, values.Length).Select(t => start + (t * TimeSpan.TicksPerHour))];
            yield return series with { TimeTicks = times, Values = values };
        }
    }
}
