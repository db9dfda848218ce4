using Streaming.Inference.Anomalies;
using Streaming.Inference.Experts;

namespace Streaming.Inference.Series;

/// <summary>What one step does to one series, before and after the network: settle, take, anchor, issue.</summary>
/// <remarks>Holds room to compute in and no state, so one serves all series of a lane. Allocates nothing once that room
/// has grown. Not thread-safe.</remarks>
internal sealed class SeriesStep
{
    /// <summary>Steps after which a series' scale is worth measuring residuals in.</summary>
    private const int ScaleSteps = 8;

    /// <summary>Shortest season whose times are told apart, in steps.</summary>
    private const int LeastSeason = 24;

    /// <summary>A level shift shows in forecasts made up to so many steps before.</summary>
    private const int MostLevelHorizon = 48;

    private readonly ForecasterSettings settings;
    private readonly int levelHorizon;
    private readonly IntervalWriter intervals;
    private readonly double[] network;

    public SeriesStep(ForecasterSettings settings)
    {
        this.settings = settings;
        levelHorizon = Math.Max(settings.Horizons.Count(h => h <= MostLevelHorizon) - 1, 0);
        intervals = new IntervalWriter(settings);
        network = new double[settings.Horizons.Length];
    }

    /// <summary>After <see cref="Issue"/>, what the experts said of that step.</summary>
    public ExpertScratch Scratch { get; } = new();

    /// <summary>Settles the forecasts made for this step, then takes its value into experts, window and scaler.
    /// </summary>
    /// <returns>How odd the value is.</returns>
    public AnomalyVerdict Observe(SeriesState series, in PendingStep step, LiveScores scores)
    {
        long gapSteps = step.Restarts && !series.Profile.IsEventMode
            ? series.Profile.IndexOf(step.TimeTicks) - series.Profile.IndexOf(series.TimeTicks) - 1
            : series.HeldSteps;
        if (step.Restarts)
        {
            series.Restart();
        }

        double value = step.IsHeld && double.IsNaN(step.Value) ? Fill(step) : step.Value;
        AnomalyVerdict verdict = AnomalyVerdict.Nothing;
        if (!step.IsHeld)
        {
            (double error, double farError) = Settle(series, value, scores);
            var deviation = new Deviation(
                value, series.Scaler.Scale, error, farError, gapSteps, TimeOfSeason(series, step.TimeTicks));
            verdict = series.Anomaly.Judge(deviation, settings.AnomalyThreshold, settings.RefractorySteps);
        }

        if (series.Experts is { } experts)
        {
            Scratch.Fit(experts.Plan);
            experts.Take(value, step.IsHeld, verdict.Weight, Scratch);
        }

        series.Take(step.TimeTicks, value, step.IsHeld, settings.Scaling, step.Covariates.Span);
        return verdict;
    }

    /// <summary>Writes the anchors of each horizon, [K], at the newest step of a series.</summary>
    public void Anchor(SeriesState series, Span<Anchors> anchors)
    {
        double last = series.Window.Ago(0);
        for (int k = 0; k < anchors.Length; k++)
        {
            double season = SeasonalNaive(series, settings.Horizons[k]);
            anchors[k] = double.IsNaN(season) ? new(last, last)
                : series.Anchoring.PrefersSeason(k) ?? series.Scaler.PrefersSeason(intervals.Roots[k]) ? new(season, last)
                : new(last, season);
        }
    }

    /// <summary>Mixes the experts, adds quantiles, holds both within the profile's bounds and enters all into the
    /// ledger: what is settled later is what was published.</summary>
    /// <remarks>Experts are judged by what they said, within the bounds or not.</remarks>
    /// <param name="step">The step, after <see cref="Observe"/>.</param>
    /// <param name="anchors">Its anchors, [K].</param>
    /// <param name="outputs">What the network made of it.</param>
    /// <param name="yhat">Receives the forecasts, [K].</param>
    /// <param name="quantiles">Receives the quantiles, [Q, K].</param>
    public void Issue(
        in PendingStep step, ReadOnlySpan<Anchors> anchors, in NetworkOutput outputs,
        Span<double> yhat, Span<double> quantiles)
    {
        SeriesState series = step.Series;
        bool knowsItsFuture = step.IsHeld && series.Profile.Gap == FillKind.Linear; // then it is no forecast
        double scale = series.Scaler.Scale;
        for (int k = 0; k < yhat.Length; k++)
        {
            network[k] = anchors[k].Value + (scale * outputs.Deviations[k]);
        }

        Mix(step, outputs, knowsItsFuture, yhat);
        intervals.Begin(series);
        for (int k = 0; k < yhat.Length; k++)
        {
            yhat[k] = series.Profile.Bound(yhat[k]);
            intervals.Write(series, k, yhat[k], quantiles);
            ref Ledger.Entry entry = ref series.Ledger.Due(k);
            entry.Persistence = series.Window.Ago(0);
            entry.SeasonalNaive = SeasonalNaive(series, settings.Horizons[k]);
            entry.Mixture = yhat[k];
            entry.Lower = quantiles.IsEmpty ? double.NaN : quantiles[k];
            entry.Upper = quantiles.IsEmpty ? double.NaN : quantiles[quantiles.Length - yhat.Length + k];
            entry.Scale = knowsItsFuture ? 0 : scale;
        }

        series.Ledger.Advance();
    }

    /// <summary>Cold until it has seen enough steps.</summary>
    public SeriesStatus StatusOf(SeriesState series) => SeriesProgress.Of(series, settings).Status;

    private void Mix(in PendingStep step, in NetworkOutput outputs, bool knowsItsFuture, Span<double> mixed)
    {
        SeriesState series = step.Series;
        if (series.Experts is not { } experts)
        {
            network.CopyTo(mixed);
            return;
        }

        Scratch.Fit(experts.Plan);
        experts.Forecast(
            series.Profile.LocalEndOf(series.TimeTicks), network, outputs.Hidden, step.Seen.Span, knowsItsFuture, Scratch,
            mixed);
    }

    private static double Fill(in PendingStep step)
    {
        SeriesState series = step.Series;
        Window window = series.Window;
        int season = series.Profile.SeasonSteps;
        double last = window.Ago(0);
        return series.Profile.Gap switch
        {
            FillKind.Linear => GapValue.OnLine(last, step.GapEnd, step.StepsToGapEnd),
            FillKind.Seasonal when season > 0 && window.Count > season =>
                GapValue.OfSeason(last, window.Ago(season - 1), window.Ago(season)),
            FillKind.Model when series.Ledger.Due(0).IsIssued => series.Ledger.Due(0).Mixture,
            _ => last,
        };
    }

    /// <summary>Settles the forecasts whose value has come.</summary>
    /// <returns>The error of the shortest horizon, in units of scale, and what the errors of forecast and naive have in
    /// common at the horizon that tells levels, in the series' unit; NaN where there is none.</returns>
    private (double Error, double FarError) Settle(SeriesState series, double actual, LiveScores scores)
    {
        double nearest = double.NaN, far = double.NaN;
        for (int k = 0; k < settings.Horizons.Length; k++)
        {
            ref Ledger.Entry entry = ref series.Ledger.Due(k);
            if (!entry.IsIssued)
            {
                continue;
            }

            double perUnit = 1 / entry.Scale;
            series.Anchoring.Score(
                k, Math.Abs(actual - entry.Persistence) * perUnit, Math.Abs(actual - entry.SeasonalNaive) * perUnit);
            if (series.Steps - settings.Horizons[k] + 1 < ScaleSteps)
            {
                continue; // issued at a scale that meant nothing yet
            }

            double error = actual - entry.Mixture;
            bool? isMiss = double.IsNaN(entry.Lower) ? null : actual < entry.Lower || actual > entry.Upper;
            series.Intervals.Learn(k, error, entry.Scale, isMiss, intervals.PriorOf(series, k), series.Steps);
            scores.Add(k, actual, entry);
            nearest = k == 0 ? error * perUnit : nearest;
            far = k == levelHorizon && !IsNaiveHeld(series, settings.Horizons[k])
                ? Shared(error, actual - entry.Naive) : far;
        }

        series.Intervals.EndStep(series.Steps);
        return (nearest, far);
    }

    /// <summary>Whether what the naive forecast of the step that comes now repeats was held over a gap.</summary>
    private static bool IsNaiveHeld(SeriesState series, int horizonSteps)
    {
        int period = series.Profile.SeasonSteps > 0 ? series.Profile.SeasonSteps : horizonSteps;
        int ago = ((horizonSteps + period - 1) / period * period) - 1;
        return ago < series.Window.Count && series.Window.IsHeldAgo(ago);
    }

    /// <summary>What two errors agree on: the smaller where they lie on one side, else zero.</summary>
    /// <remarks>The forecasts after a spike still have it in mind, the naive ones only once.</remarks>
    private static double Shared(double a, double b) =>
        Math.Sign(a) != Math.Sign(b) ? 0 : Math.Abs(a) < Math.Abs(b) ? a : b;

    private static double TimeOfSeason(SeriesState series, long timeTicks)
    {
        int season = series.Profile.SeasonSteps;
        long step = series.Profile.IsEventMode ? series.Steps : series.Profile.IndexOf(timeTicks);
        return season < LeastSeason ? double.NaN : step % season / (double)season;
    }

    private static double SeasonalNaive(SeriesState series, int horizonSteps)
    {
        int season = series.Profile.SeasonSteps;
        if (season == 0)
        {
            return double.NaN;
        }

        int seasons = (horizonSteps + season - 1) / season;
        int stepsAgo = (seasons * season) - horizonSteps;
        return stepsAgo < series.Window.Count && series.Window.Count > season ? series.Window.Ago(stepsAgo) : double.NaN;
    }
}
