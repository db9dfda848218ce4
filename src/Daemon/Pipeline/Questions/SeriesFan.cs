using Streaming.Inference.Series;

namespace Streaming.Daemon.Pipeline.Questions;

/// <summary>What was forecast at the newest step of a series; in its unit.</summary>
/// <param name="TimeTicks">Start of that step, or time of the event, in UTC ticks.</param>
/// <param name="TargetTicks">Start of each step that is forecast, [K], in UTC ticks; none in event mode.</param>
/// <param name="Yhat">Forecasts, [K].</param>
/// <param name="Quantiles">[Q, K]; NaN where nothing is known of the spread.</param>
/// <param name="Version">Version that made it, by its number; 0 where there is but one.</param>
internal sealed record SeriesFan(long TimeTicks, long[] TargetTicks, double[] Yhat, double[] Quantiles, int Version)
{
    /// <summary>The fan of a series; null before its first step.</summary>
    public static SeriesFan? Of(SeriesState series, LaneView lane)
    {
        ForecasterSettings settings = lane.Settings;
        double[] yhat = new double[settings.Horizons.Length];
        double[] quantiles = new double[yhat.Length * settings.QuantileLevels.Length];
        if (!lane.Outlook.TryRead(series, yhat, quantiles))
        {
            return null;
        }

        SeriesProfile profile = series.Profile;
        long[] targets = profile.IsEventMode ? [] :
            [.. settings.Horizons.Select(h => profile.StartOf(profile.IndexOf(series.TimeTicks) + h))];
        return new(series.TimeTicks, targets, yhat, quantiles, series.Version);
    }
}
