using Streaming.Inference.Series;

namespace Streaming.Daemon.Backtest;

/// <summary>Scores of one file: of its forecasts, and of each expert by itself where that is wanted.</summary>
internal sealed class ScoreSheet
{
    private const long FortnightTicks = 14 * TimeSpan.TicksPerDay;

    private const double LeastShareSpoken = 0.9;

    /// <summary>A share of fewer values says nothing.</summary>
    private const int LeastFortnightSteps = 48;

    private readonly BacktestFile file;
    private readonly int[] horizons;
    private readonly string[] experts;
    private readonly int[][] placesOfExperts; // in names, of the experts of each series
    private readonly SeriesScores[] series;
    private readonly FortnightCoverage[] fortnights;
    private readonly double[] weights;
    private readonly long firstOriginTicks;
    private readonly long lastOriginTicks;
    private long weighed;

    /// <param name="file">What is scored, under its protocol.</param>
    /// <param name="settings">Horizons and quantile levels.</param>
    /// <param name="expertsOf">Names of the experts of each series.</param>
    /// <param name="hasBaselines">Whether they are scored, too.</param>
    public ScoreSheet(
        BacktestFile file, ForecasterSettings settings, IReadOnlyList<string[]> expertsOf, bool hasBaselines)
    {
        this.file = file;
        horizons = [.. settings.Horizons];
        experts = [.. expertsOf.SelectMany(names => names).Distinct()];
        placesOfExperts = [.. expertsOf.Select(names => Array.ConvertAll(names, name => Array.IndexOf(experts, name)))];
        series =
        [
            .. expertsOf.Select(names => new SeriesScores(
                horizons.Length, 1 + (hasBaselines ? names.Length : 0), [.. settings.QuantileLevels])),
        ];
        fortnights =
        [
            .. file.Series.SelectMany(one =>
                Enumerable.Repeat(new FortnightCoverage(FortnightOf(one)), horizons.Length)),
        ];
        weights = new double[experts.Length];

        // All horizons are scored over the same origins.
        firstOriginTicks = file.Rows[Math.Max(file.Split.OnlineStart - 1, 0)];
        int last = file.Split.End - horizons[^1] - 1;
        lastOriginTicks = last >= 0 ? file.Rows[last] : long.MinValue;
    }

    /// <summary>Whether the forecasts that are made at a step are scored.</summary>
    public bool Scores(long originTicks) => originTicks >= firstOriginTicks && originTicks <= lastOriginTicks;

    /// <summary>Unit of a series' scores.</summary>
    public ScoreUnit UnitOf(int place) => series[place].Unit;

    /// <summary>Names of all experts, [E].</summary>
    public string[] Experts => experts;

    /// <summary>Mean squared error at each horizon by itself, [K]; null where nothing was scored.</summary>
    /// <param name="expert">An expert by itself; below zero: the forecast.</param>
    public double?[] SquaresByStep(int expert) =>
    [
        .. horizons.Select((_, k) => Mean(
            k, k + 1, (place, at) => series[place].Squares(expert < 0 ? 0 : ForecasterOf(place, expert), at))),
    ];

    /// <summary>Share of values within the 90% interval at each horizon by itself, [K].</summary>
    public double?[] CoverageByStep() => [.. horizons.Select((_, k) => Coverage(k, k + 1))];

    /// <summary>Takes a step: its value sets the unit where it comes before the scored rows, its weights are averaged
    /// where it is scored.</summary>
    public void Take(in IssuedStep issued)
    {
        int place = SeriesReplay.PlaceOf(issued.Step.Series);
        if (!issued.Step.IsHeld && issued.Step.TimeTicks < file.TrainEndTicks)
        {
            series[place].Unit.Take(issued.Step.Value, file.Series[place].Profile.SeasonSteps);
        }

        if (Scores(issued.Step.TimeTicks))
        {
            weighed++;
            for (int e = 0; e < placesOfExperts[place].Length; e++)
            {
                weights[placesOfExperts[place][e]] += issued.WeightOf(e);
            }
        }
    }

    /// <summary>Scores a forecast whose value has come.</summary>
    public void Settle(in SettledForecast settled)
    {
        if (Scores(settled.OriginTicks) && series[settled.Series].Add(settled) is { } isCovered)
        {
            fortnights[(settled.Series * horizons.Length) + settled.Horizon].Add(isCovered);
        }
    }

    /// <summary>What came of it at a horizon.</summary>
    /// <param name="horizonSteps">One of the horizons.</param>
    /// <param name="withBaselines">Whether to tell of each expert by itself.</param>
    public BacktestResult At(int horizonSteps, bool withBaselines)
    {
        int last = Array.IndexOf(horizons, horizonSteps), count = last + 1;
        ErrorScores own = ErrorsOf(_ => 0, count);
        return new(
            file.Name, NameOf(file.Protocol), horizonSteps, own.Mse, own.Mae, own.Mase, Coverage(0, count),
            Winkler(0, count), Mean(0, count, (place, k) => series[place].Pinball(k)),
            experts.Zip(weights).ToDictionary(
                pair => pair.First, pair => Rounded(pair.Second / Math.Max(weighed, 1)) ?? 0),
            new(
                Mean(last, count, (place, k) => series[place].Squares(0, k)),
                Mean(last, count, (place, k) => series[place].Absolutes(0, k)), Coverage(last, count),
                Winkler(last, count), WorstFortnight(last)),
            withBaselines ? BaselinesOf(count) : null);
    }

    private double? Coverage(int from, int to) =>
        Mean(from, to, (place, k) => series[place].HasInterval ? series[place].Covered(k) : default);

    private double? Winkler(int from, int to) =>
        Mean(from, to, (place, k) => series[place].HasInterval ? series[place].Winkler(k) : default);

    private static string NameOf(BacktestProtocol protocol) =>
        protocol == BacktestProtocol.Prequential ? "prequential" : $"{protocol}";

    /// <summary>Experts by themselves; not those that were silent at times, for easier times don't compare.</summary>
    private Dictionary<string, ErrorScores> BaselinesOf(int count)
    {
        double all = Enumerable.Range(0, count).Sum(k => ForecastsOf(_ => 0, k));
        return Enumerable.Range(0, experts.Length)
            .Where(e => Enumerable.Range(0, count).Sum(k => ForecastsOf(place => ForecasterOf(place, e), k))
                >= LeastShareSpoken * all)
            .ToDictionary(e => experts[e], e => ErrorsOf(place => ForecasterOf(place, e), count));
    }

    private double ForecastsOf(Func<int, int> forecasterOf, int k) =>
        Enumerable.Range(0, series.Length).Sum(place => series[place].Squares(forecasterOf(place), k).Count);

    /// <summary>Place of an expert among the forecasters of a series; below zero where it has none.</summary>
    private int ForecasterOf(int place, int expert) =>
        Array.IndexOf(placesOfExperts[place], expert) is var at and >= 0 ? 1 + at : -1;

    /// <param name="forecasterOf">The forecaster of each series: 0 for the forecast, else an expert.</param>
    /// <param name="count">Horizons that count.</param>
    private ErrorScores ErrorsOf(Func<int, int> forecasterOf, int count) => new(
        Mean(0, count, (place, k) => series[place].Squares(forecasterOf(place), k)),
        Mean(0, count, (place, k) => series[place].Absolutes(forecasterOf(place), k)),
        MaseOf(forecasterOf, count));

    /// <summary>Mean over some horizons of the mean over all series.</summary>
    private double? Mean(int from, int to, Func<int, int, (double Sum, long Count)> sums)
    {
        double mean = 0;
        for (int k = from; k < to; k++)
        {
            (double Sum, long Count)[] of = [.. Enumerable.Range(0, series.Length).Select(place => sums(place, k))];
            mean += of.Sum(one => one.Sum) / of.Sum(one => one.Count) / (to - from);
        }

        return Rounded(mean);
    }

    private double? MaseOf(Func<int, int> forecasterOf, int count)
    {
        double[] means =
        [
            .. series.Select((one, place) => Enumerable.Range(0, count).Average(k => one.Mase(forecasterOf(place), k)))
                .Where(double.IsFinite),
        ];
        return means.Length == 0 ? null : Rounded(means.Average());
    }

    private double? WorstFortnight(int k)
    {
        double[] worst =
        [
            .. Enumerable.Range(0, series.Length).Select(place => fortnights[(place * horizons.Length) + k].Worst)
                .Where(double.IsFinite),
        ];
        return worst.Length == 0 ? null : Rounded(worst.Min());
    }

    private int FortnightOf(Pretraining.FoundSeries one)
    {
        long steps = FortnightTicks / (one.Profile.StepTicks > 0 ? one.Profile.StepTicks : file.StepTicks);
        return steps is >= LeastFortnightSteps and < int.MaxValue ? (int)steps : int.MaxValue;
    }

    private static double? Rounded(double value) => double.IsFinite(value) ? Math.Round(value, 6) : null;
}
