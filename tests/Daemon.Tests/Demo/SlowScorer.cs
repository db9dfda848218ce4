using Streaming.Daemon.Demo;

namespace Daemon.Tests.Demo;

/// <summary>The scorecard's definition, spelled out over all messages at once, searched rather than indexed.</summary>
internal static class SlowScorer
{
    public static SeriesReport Score(
        string series, List<ForecastMessage> messages, Cadence cadence, int[] horizons, LabelledWindow[] windows)
    {
        double[] persistence = new double[horizons.Length], seasonal = new double[horizons.Length];
        double covered = 0, intervals = 0;
        for (int i = 0; i < horizons.Length; i++)
        {
            double forecastSum = 0, persistenceSum = 0, seasonalSum = 0;
            foreach (ForecastMessage target in messages)
            {
                ForecastMessage? origin = messages.Find(m => m.Time == target.Time - (horizons[i] * cadence.Step));
                int k = origin is null ? -1 : Array.IndexOf(origin.Horizons, horizons[i]);
                if (k < 0)
                {
                    continue;
                }

                if (!double.IsNaN(target.Value) && !double.IsNaN(origin!.Lower[k]) && !double.IsNaN(origin.Upper[k]))
                {
                    intervals++;
                    covered += target.Value >= origin.Lower[k] && target.Value <= origin.Upper[k] ? 1 : 0;
                }

                DateTime before = target.Time;
                while (before > origin!.Time)
                {
                    before -= cadence.Season;
                }

                double naive = messages.Find(m => m.Time == before)?.Value ?? double.NaN;
                if (!new[] { target.Value, origin.Value, naive, origin.Forecast[k] }.Any(double.IsNaN))
                {
                    forecastSum += Math.Abs(target.Value - origin.Forecast[k]);
                    persistenceSum += Math.Abs(target.Value - origin.Value);
                    seasonalSum += Math.Abs(target.Value - naive);
                }
            }

            persistence[i] = persistenceSum == 0 ? double.NaN : forecastSum / persistenceSum;
            seasonal[i] = seasonalSum == 0 ? double.NaN : forecastSum / seasonalSum;
        }

        DateTime[] alarms = [.. messages.Where(m => m.IsAnomaly).Select(m => m.Time)];
        bool Hits(DateTime alarm, LabelledWindow window) =>
            alarm <= window.To && alarm + cadence.Step > window.From;
        return new(
            series, messages.Count, persistence, seasonal, covered / intervals, windows.Length,
            windows.Count(window => alarms.Any(alarm => Hits(alarm, window))), alarms.Length,
            alarms.Count(alarm => !windows.Any(window => Hits(alarm, window))));
    }
}
