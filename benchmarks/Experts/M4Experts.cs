using System.Diagnostics;
using Benchmarks.Learn;
using Streaming.Daemon.Backtest;
using Streaming.Inference.Model;
using Streaming.Inference.Series;
using Streaming.Training.Preparation;

namespace Benchmarks.Experts;

/// <summary>M4 Hourly from first sight: mean absolute scaled error of new series, early and late in their lives.
/// </summary>
/// <remarks>A network, where there is one, was trained on every other series, none of them the one it forecasts.
/// </remarks>
internal static class M4Experts
{
    private const int Season = 24;
    private const double Cap = 20;

    /// <summary>First and last of the early origins, first of the late ones.</summary>
    public const int FirstOrigin = 48, LastOrigin = 100, LateOrigin = 400;

    /// <summary>Seasonal naive × 1.02 early on, .83 later.</summary>
    private static readonly double[] Goals = [1.330, .83];

    /// <summary>Measures all series, each alone.</summary>
    public static ExpertsResult Measure(ExpertsArguments arguments, int[] horizons)
    {
        RawSeries[] all = [.. M4Hourly.Read(arguments.Data)];
        bool hasNetwork = arguments.Network != NetworkChoice.None;
        ModelParameters?[] networks = [.. Enumerable.Range(0, 2).Select(half => hasNetwork
            ? NetworkPretraining.OnOthers([.. all.Where((_, i) => i % 2 != half)], horizons) : null)];
        var scores = new List<(double[] Early, double[] Late, double[] Weights)>();
        string[] names = [];
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < all.Length; i++)
        {
            FirstSightWatch watch = Watch(all[i], networks[i % 2], arguments, horizons);
            names = watch.Names;
            scores.Add((Capped(watch.Early, watch, horizons), Capped(watch.Late, watch, horizons), watch.Weights));
        }

        double microseconds =
            Stopwatch.GetElapsedTime(started).TotalMicroseconds / all.Sum(one => (double)one.Values.Length);
        return new(
            "M4 Hourly", "from first sight", [$"origins {FirstOrigin}–{LastOrigin}", $"{LateOrigin} and later"],
            ExpertsTable.Rows(
                names, [.. names.Select((_, e) => scores.Average(one => one.Weights[e]))],
                forecaster =>
                [
                    Mean(scores.Select(one => one.Early), forecaster), Mean(scores.Select(one => one.Late), forecaster),
                ],
                arguments.Ablates),
            Math.Round(microseconds, 1), Goals);
    }

    private static double Mean(IEnumerable<double[]> errors, int forecaster) =>
        errors.Select(one => one[forecaster]).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    private static FirstSightWatch Watch(
        RawSeries series, ModelParameters? network, ExpertsArguments arguments, int[] horizons)
    {
        ForecasterSettings settings = network is null
            ? new() { Horizons = [.. horizons], LagSteps = 0 }
            : NetworkPretraining.Settings(horizons);
        var profile = new SeriesProfile
        {
            StepTicks = TimeSpan.TicksPerHour,
            SeasonSteps = Season,
            Experts = arguments.Profile,
        };
        var replay = new SeriesReplay(
            [new(series, profile, null)], isGroup: false, settings, network ?? NetworkCourse.Silent(settings),
            hasReadout: network is not null);
        var watch = new FirstSightWatch(
            series.Values, Unit(series.Values, horizons.Length), [.. replay.PlanOf(0).Names], horizons.Length,
            arguments.Ablates);
        replay.Stepped = watch.Take;
        replay.Run(long.MaxValue, _ => { });
        return watch;
    }

    private static double[] Capped(ErrorSums sums, FirstSightWatch watch, int[] horizons) =>
        [.. Enumerable.Range(0, watch.Forecasters).Select(f => Math.Min(sums.Mean(f, horizons.Length), Cap))];

    /// <summary>Mean seasonal change before the last 48 values, which the M4 competition held back.</summary>
    private static double Unit(double[] values, int heldBack) => Enumerable
        .Range(Season, values.Length - heldBack - Season).Average(t => Math.Abs(values[t] - values[t - Season]));
}
