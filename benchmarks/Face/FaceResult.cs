using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Benchmarks.Pipeline;

namespace Benchmarks.Face;

/// <summary>Figures of all rounds.</summary>
/// <param name="feed">What live forecasts cost.</param>
internal sealed class FaceResult(FeedCost feed)
{
    private readonly List<double> alone = [];
    private readonly List<double> watched = [];
    private readonly RequestTimes times = new();

    public void Add(double aloneRate, double watchedRate, RequestTimes roundTimes)
    {
        alone.Add(aloneRate);
        watched.Add(watchedRate);
        times.Add(roundTimes);
    }

    /// <summary>All as one object.</summary>
    public object Figures() => new
    {
        recordsPerSecond = Math.Round(PipelineBenchmark.Median(alone)),
        watchedPerSecond = Math.Round(PipelineBenchmark.Median(watched)),
        ratio = Math.Round(Ratio(), 3),
        requests = times.All.ToDictionary(
            one => one.Key,
            one => new { count = one.Value.Length, p50Ms = Percentile(one.Value, 0.5), p99Ms = Percentile(one.Value, 0.99) }),
        failures = times.Failures,
        liveNs = feed,
    };

    public override string ToString()
    {
        var text = new StringBuilder().AppendLine(
            CultureInfo.InvariantCulture,
            $"""
             alone         {PipelineBenchmark.Median(alone):N0} records/s (medians of interleaved rounds)
             watched       {PipelineBenchmark.Median(watched):N0} records/s
             ratio         {Ratio():F3}
             live          {feed.Unwatched:F0} ns a forecast that nobody watches, {feed.Watched:F0} one does, {feed.Full:F0} eight slow ones do
             machine       {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}

             | request | number | p50, ms | p99, ms |
             | --- | --- | --- | --- |
             """);
        foreach ((string name, double[] of) in times.All)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {name} | {of.Length} | {Percentile(of, 0.5):F1} | {Percentile(of, 0.99):F1} |");
        }

        foreach ((int status, int count) in times.Failures)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{count} answers were {status}");
        }

        return text.ToString();
    }

    private static double Percentile(double[] ascending, double share) =>
        Math.Round(ascending[(int)(ascending.Length * share)], 2);

    private double Ratio() => PipelineBenchmark.Median(watched.Zip(alone, (with, without) => with / without));
}
