using Streaming.Inference.Series;

namespace Streaming.Daemon.Backtest.Report;

/// <summary>Weights of experts over time, averaged over series and horizons.</summary>
/// <param name="buckets">Parts of time.</param>
/// <param name="experts">Names of all experts, [E].</param>
internal sealed class WeightTracks(TimeBuckets buckets, string[] experts)
{
    private const string Others = "others";

    private readonly double[] sums = new double[experts.Length * TimeBuckets.Count];
    private readonly int[] counts = new int[TimeBuckets.Count];

    /// <summary>Adds the weights of a step.</summary>
    public void Add(in IssuedStep issued)
    {
        int bucket = buckets.Of(issued.Step.TimeTicks);
        counts[bucket]++;
        ReadOnlySpan<string> names = issued.Experts;
        for (int e = 0; e < names.Length; e++)
        {
            int place = Array.IndexOf(experts, names[e]);
            sums[(place * TimeBuckets.Count) + bucket] += issued.WeightOf(e);
        }
    }

    /// <summary>The lines, heaviest first; beyond a number of them all others together.</summary>
    public TimeLines ToLines(int most)
    {
        int[] heaviest = [.. Enumerable.Range(0, experts.Length).OrderByDescending(e => OfExpert(e).Sum())];
        IEnumerable<NamedLine> lines = heaviest.Take(most).Select(e => Line(experts[e], [e]));
        return new(
            0, [.. Enumerable.Range(0, TimeBuckets.Count).Select(buckets.MiddleMs)],
            [.. lines, .. heaviest.Length > most ? [Line(Others, heaviest[most..])] : Array.Empty<NamedLine>()]);
    }

    private Span<double> Track(int expert) => sums.AsSpan(expert * TimeBuckets.Count, TimeBuckets.Count);

    private double[] OfExpert(int expert) => Track(expert).ToArray();

    private NamedLine Line(string name, int[] of) => new(
        name,
        [
            .. Enumerable.Range(0, TimeBuckets.Count).Select(bucket =>
                FileRecorder.Short(of.Sum(e => sums[(e * TimeBuckets.Count) + bucket]) / counts[bucket])),
        ]);
}
