namespace Streaming.Daemon.Backtest.Report;

/// <summary>Absolute errors over time, at some horizons: of the forecast and of the simplest rules.</summary>
/// <param name="buckets">Parts of time.</param>
/// <param name="horizons">In steps.</param>
/// <param name="series">How many; their units are known at the end only.</param>
internal sealed class ErrorTracks(TimeBuckets buckets, int[] horizons, int series)
{
    private static readonly string[] Names = ["forecast", "persistence", "seasonal naive"];

    private readonly double[] sums = new double[horizons.Length * series * Names.Length * TimeBuckets.Count];
    private readonly int[] counts = new int[horizons.Length * series * Names.Length * TimeBuckets.Count];

    /// <summary>Adds a forecast whose value has come.</summary>
    /// <param name="settled">The forecast.</param>
    /// <param name="experts">Names of its series' experts.</param>
    /// <param name="seasonSteps">Season of its series.</param>
    public void Add(in SettledForecast settled, string[] experts, int seasonSteps)
    {
        int h = Array.IndexOf(horizons, settled.Horizon + 1);
        if (h < 0)
        {
            return;
        }

        int bucket = buckets.Of(settled.TargetTicks);
        Add(h, settled.Series, 0, bucket, settled.Actual - settled.Yhat);
        AddExpert(h, 1, "persistence", settled, experts, bucket);
        AddExpert(h, 2, $"seasonal-{seasonSteps}", settled, experts, bucket);
    }

    /// <summary>The lines of each horizon.</summary>
    /// <param name="units">Unit of each series' errors.</param>
    public TimeLines[] ToLines(double[] units) =>
    [
        .. horizons.Select((horizon, h) => new TimeLines(
            horizon, [.. Enumerable.Range(0, TimeBuckets.Count).Select(buckets.MiddleMs)],
            [.. Names.Select((name, f) => new NamedLine(name, Line(h, f, units)))
                .Where(line => line.Values.Any(value => value is not null))])),
    ];

    private void AddExpert(
        int h, int forecaster, string name, in SettledForecast settled, string[] experts, int bucket)
    {
        int e = Array.IndexOf(experts, name);
        if (e >= 0)
        {
            Add(h, settled.Series, forecaster, bucket, settled.Actual - settled.Experts[e]);
        }
    }

    private void Add(int h, int place, int forecaster, int bucket, double error)
    {
        if (double.IsFinite(error))
        {
            int at = PlaceOf(h, place, forecaster, bucket);
            sums[at] += Math.Abs(error);
            counts[at]++;
        }
    }

    private double?[] Line(int h, int forecaster, double[] units)
    {
        var line = new double?[TimeBuckets.Count];
        for (int bucket = 0; bucket < line.Length; bucket++)
        {
            double sum = 0, count = 0;
            for (int place = 0; place < units.Length; place++)
            {
                int at = PlaceOf(h, place, forecaster, bucket);
                sum += sums[at] / units[place];
                count += counts[at];
            }

            line[bucket] = FileRecorder.Short(sum / count);
        }

        return line;
    }

    private int PlaceOf(int h, int place, int forecaster, int bucket) =>
        (((((h * series) + place) * Names.Length) + forecaster) * TimeBuckets.Count) + bucket;
}
