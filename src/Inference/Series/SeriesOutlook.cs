namespace Streaming.Inference.Series;

/// <summary>What was forecast at the newest step of a series, read back from its state, bit for bit.</summary>
/// <remarks>Changes nothing: the ledger still has the forecasts, and the tracker knows of the spread what it knew then. So it
/// can be told at any time between two steps, also right after a restore. Holds room to compute in; not
/// thread-safe.</remarks>
/// <param name="settings">What all series share.</param>
public sealed class SeriesOutlook(ForecasterSettings settings)
{
    private readonly IntervalWriter intervals = new(settings);

    /// <summary>Reads the forecasts of a series.</summary>
    /// <param name="series">None of its steps is being done; read on the thread that owns it.</param>
    /// <param name="yhat">Receives the forecasts, [K], in the series' unit.</param>
    /// <param name="quantiles">Receives the quantiles, [Q, K], in the series' unit; NaN where nothing is known of the
    /// spread.</param>
    /// <returns>Whether there are any: not before its first step.</returns>
    /// <exception cref="ArgumentException">A length disagrees with the settings.</exception>
    public bool TryRead(SeriesState series, Span<double> yhat, Span<double> quantiles)
    {
        ArgumentNullException.ThrowIfNull(series);
        int horizons = settings.Horizons.Length;
        if (yhat.Length != horizons || quantiles.Length != horizons * settings.QuantileLevels.Length)
        {
            throw new ArgumentException($"There are {horizons} horizons, {settings.QuantileLevels.Length} levels.");
        }

        if (series.Steps == 0)
        {
            return false;
        }

        intervals.Begin(series);
        for (int k = 0; k < horizons; k++)
        {
            yhat[k] = series.Ledger.Newest(k).Mixture;
            intervals.Write(series, k, yhat[k], quantiles);
        }

        return true;
    }
}
