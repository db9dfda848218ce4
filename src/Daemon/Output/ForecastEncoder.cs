namespace Streaming.Daemon.Output;

/// <summary>Writes forecasts as JSON.</summary>
/// <remarks>Allocates nothing but the buffer's growth. Immutable: lanes may share one.</remarks>
internal sealed class ForecastEncoder
{
    /// <param name="horizons">Horizons in steps, [K].</param>
    /// <param name="quantiles">Quantile levels, [Q].</param>
    /// <param name="inputTopic">Topic of the records the forecasts come from.</param>
    public ForecastEncoder(IReadOnlyList<int> horizons, IReadOnlyList<double> quantiles, string inputTopic)
    {
        ArgumentNullException.ThrowIfNull(horizons);
        ArgumentNullException.ThrowIfNull(quantiles);
        ArgumentNullException.ThrowIfNull(inputTopic);
    }

    /// <summary>Appends one forecast to the buffer.</summary>
    /// <exception cref="ArgumentException">Yhat is not [K] or Quantiles not [Q×K].</exception>
#pragma warning disable CA1822 // instance state comes with the body
    public void Write(in ForecastView forecast, Utf8Buffer buffer)
    {
        buffer.Append(forecast.JsonId);
    }
#pragma warning restore CA1822
}
