using Streaming.Inference.Experts;

namespace Streaming.Inference.Series;

/// <summary>What one step does to one series, before and after the network: settle, take, anchor, issue.</summary>
/// <remarks>Stateless but for its settings, so one serves all series of a lane. Allocates nothing.</remarks>
internal sealed class SeriesStep
{
    private const int LeastResiduals = 24;

    /// <summary>Steps after which a series' scale is worth measuring residuals in.</summary>
    private const int ScaleSteps = 8;

    private readonly ForecasterSettings settings;
    private readonly double[] priorQuantiles;
    private readonly double[] roots;

    public SeriesStep(ForecasterSettings settings)
    {
        this.settings = settings;
        priorQuantiles = [.. settings.QuantileLevels.Select(Prior.Quantile)];
        roots = [.. settings.Horizons.Select(h => Math.Sqrt(h))];
    }

    /// <summary>Settles the forecasts made for this step, then takes its value into window and scaler.</summary>
    /// <returns>The anomaly score of the value and whether it raises an alarm.</returns>
    public (double Score, bool IsAnomaly) Observe(SeriesState series, in PendingStep step, LiveScores scores)
    {
        if (step.Restarts)
        {
            series.Restart();
        }

        if (step.IsHeld)
        {
            series.Take(step.TimeTicks, double.IsNaN(step.Value) ? Fill(step) : step.Value, isHeld: true, settings.Scaling, step.Covariates.Span);
            return (0, false);
        }

        (double Score, bool IsAnomaly) anomaly = Settle(series, step.Value, scores);
        series.Take(step.TimeTicks, step.Value, isHeld: false, settings.Scaling, step.Covariates.Span);
        return anomaly;
    }

    /// <summary>Writes the anchors of each horizon, [K], at the newest step of a series.</summary>
    public void Anchor(SeriesState series, Span<Anchors> anchors)
    {
        double last = series.Window.Ago(0);
        for (int k = 0; k < anchors.Length; k++)
        {
            double season = SeasonalNaive(series, settings.Horizons[k]);
            anchors[k] = double.IsNaN(season) ? new(last, last)
                : series.Mixture.PrefersSeason(k) ?? series.Scaler.PrefersSeason(roots[k]) ? new(season, last)
                : new(last, season);
        }
    }

    /// <summary>Mixes the experts, adds quantiles, holds both within the profile's bounds and enters all into the
    /// ledger: what is settled later is what was published.</summary>
    /// <remarks>Experts are judged by what they said, within the bounds or not.</remarks>
    /// <param name="step">The step, after <see cref="Observe"/>.</param>
    /// <param name="anchors">Its anchors, [K].</param>
    /// <param name="outputs">The network's outputs, [K], in units of scale.</param>
    /// <param name="yhat">Receives the forecasts, [K].</param>
    /// <param name="quantiles">Receives the quantiles, [Q, K].</param>
    public void Issue(
        in PendingStep step, ReadOnlySpan<Anchors> anchors, ReadOnlySpan<float> outputs,
        Span<double> yhat, Span<double> quantiles)
    {
        SeriesState series = step.Series;
        bool knowsItsFuture = step.IsHeld && series.Profile.Gap == FillKind.Linear; // then it is no forecast
        double scale = series.Scaler.Scale;
        Span<double> forecasts = stackalloc double[Expert.Count];
        for (int k = 0; k < yhat.Length; k++)
        {
            forecasts[Expert.Persistence] = series.Window.Ago(0);
            forecasts[Expert.SeasonalNaive] = SeasonalNaive(series, settings.Horizons[k]);
            forecasts[Expert.Network] = anchors[k].Value + (scale * outputs[k]);
            yhat[k] = series.Profile.Bound(series.Mixture.Mix(k, forecasts));
            for (int q = 0; q < priorQuantiles.Length; q++)
            {
                quantiles[(q * yhat.Length) + k] = series.Profile.Bound(yhat[k] + Spread(series, k, q, scale));
            }

            ref Ledger.Entry entry = ref series.Ledger.Due(k);
            entry.Persistence = forecasts[Expert.Persistence];
            entry.SeasonalNaive = forecasts[Expert.SeasonalNaive];
            entry.Network = forecasts[Expert.Network];
            entry.Mixture = yhat[k];
            entry.Lower = quantiles.IsEmpty ? double.NaN : quantiles[k];
            entry.Upper = quantiles.IsEmpty ? double.NaN : quantiles[quantiles.Length - yhat.Length + k];
            entry.Scale = knowsItsFuture ? 0 : scale;
        }

        series.Ledger.Advance();
    }

    /// <summary>Cold until it has seen enough steps.</summary>
    public SeriesStatus StatusOf(SeriesState series) => SeriesProgress.Of(series, settings).Status;

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

    private (double Score, bool IsAnomaly) Settle(SeriesState series, double actual, LiveScores scores)
    {
        (double Score, bool IsAnomaly) anomaly = (0, false);
        for (int k = 0; k < settings.Horizons.Length; k++)
        {
            ref Ledger.Entry entry = ref series.Ledger.Due(k);
            if (!entry.IsIssued)
            {
                continue;
            }

            double perUnit = 1 / entry.Scale;
            double residual = (actual - entry.Mixture) * perUnit;
            series.Mixture.Score(k, Expert.Persistence, Math.Abs(actual - entry.Persistence) * perUnit);
            series.Mixture.Score(k, Expert.Network, Math.Abs(actual - entry.Network) * perUnit);
            if (!double.IsNaN(entry.SeasonalNaive))
            {
                series.Mixture.Score(k, Expert.SeasonalNaive, Math.Abs(actual - entry.SeasonalNaive) * perUnit);
            }

            if (series.Steps - settings.Horizons[k] + 1 < ScaleSteps)
            {
                continue; // issued at a scale that meant nothing yet
            }

            series.Residuals[k].Add(residual);
            scores.Add(k, actual, entry);
            if (k == 0)
            {
                anomaly = series.Anomaly.Judge(residual, settings.AnomalyThreshold, settings.RefractorySteps);
            }
        }

        return anomaly;
    }

    private double Spread(SeriesState series, int horizon, int level, double scale)
    {
        ResidualWindow residuals = series.Residuals[horizon];
        return residuals.Count >= LeastResiduals ? scale * residuals.Quantile(settings.QuantileLevels[level])
            : series.Steps > 1 ? series.Scaler.Change * roots[horizon] * priorQuantiles[level]
            : double.NaN;
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
