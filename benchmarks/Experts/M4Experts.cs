using Benchmarks.Learn;
using Streaming.Inference.Model;
using Streaming.Training.Preparation;

namespace Benchmarks.Experts;

/// <summary>M4 Hourly from first sight: mean absolute scaled error of new series, early and late in their lives.
/// </summary>
/// <remarks>A network, where there is one, was trained on every other series, none of them the one it forecasts.
/// </remarks>
internal static class M4Experts
{
    private const int Season = 24;
    private const int FirstOrigin = 48;
    private const int LastOrigin = 100;
    private const int LateOrigin = 400;
    private const double Cap = 20;

    /// <summary>Measures all series, each alone.</summary>
    public static ExpertsResult Measure(ExpertsArguments arguments, int[] horizons)
    {
        var file = new ExpertsFile("M4", "from first sight", TimeSpan.TicksPerHour, Season);
        RawSeries[] all = [.. M4Hourly.Read(arguments.Data)];
        ModelParameters?[] networks = [.. Enumerable.Range(0, 2).Select(half => arguments.HasNetwork
            ? NetworkPretraining.OnOthers(file, [.. all.Where((_, i) => i % 2 != half)], horizons) : null)];
        double[][] early = [], late = [], weights = [];
        string[] names = [];
        long bytes = 0;
        double microseconds = 0, steps = all.Sum(one => (double)one.Values.Length);
        for (int i = 0; i < all.Length; i++)
        {
            var replay = new GroupReplay(file, 1, horizons, arguments.Profile, networks[i % 2], arguments.Ablates);
            names = replay.Names;
            bytes = replay.BytesPerSeries;
            (double[] ofEarly, double[] ofLate, double[] ofWeights) = Errors(replay, all[i], horizons);
            (early, late, weights) = ([.. early, ofEarly], [.. late, ofLate], [.. weights, ofWeights]);
            microseconds += replay.Clock.Elapsed.TotalMicroseconds / steps;
        }

        return new(
            file.Name, file.Protocol, [$"origins {FirstOrigin}–{LastOrigin}", $"{LateOrigin} and later"],
            ExpertsTable.Rows(
                names, [.. names.Select((_, e) => weights.Average(one => one[e]))],
                forecaster => [Mean(early, forecaster), Mean(late, forecaster)], arguments.Ablates),
            Math.Round(microseconds, 1), bytes);
    }

    private static double Mean(double[][] errors, int forecaster) =>
        errors.Select(one => one[forecaster]).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    private static (double[] Early, double[] Late, double[] Weights) Errors(
        GroupReplay replay, RawSeries series, int[] horizons)
    {
        double[] x = series.Values;
        ErrorSums early = new(replay.Forecasters, horizons.Length), late = new(replay.Forecasters, horizons.Length);
        var weights = new double[replay.Names.Length];
        double unit = Unit(x, horizons.Length);
        for (int t = 0; t + horizons.Length < x.Length; t++)
        {
            replay.Step([x[t]], series.TimeTicks[t]);
            ErrorSums? sums = t is >= FirstOrigin and <= LastOrigin ? early : t >= LateOrigin ? late : null;
            for (int f = 0; sums is not null && f < replay.Forecasters; f++)
            {
                for (int k = 0; k < horizons.Length; k++)
                {
                    sums.Add(f, k, Math.Abs(replay.Forecast(f, 0, k) - x[t + k + 1]) / unit);
                }
            }

            for (int e = 0; e < weights.Length; e++)
            {
                weights[e] += replay.Weight(e, 0) / (x.Length - horizons.Length);
            }
        }

        return (Capped(early, replay.Forecasters, horizons), Capped(late, replay.Forecasters, horizons), weights);
    }

    private static double[] Capped(ErrorSums sums, int forecasters, int[] horizons) =>
        [.. Enumerable.Range(0, forecasters).Select(f => Math.Min(sums.Mean(f, horizons.Length), Cap))];

    /// <summary>Mean seasonal change before the last 48 values, which the M4 competition held back.</summary>
    private static double Unit(double[] values, int heldBack) => Enumerable
        .Range(Season, values.Length - heldBack - Season).Average(t => Math.Abs(values[t] - values[t - Season]));
}
