namespace Streaming.Daemon.Demo;

/// <summary>What the demo reads of a forecast: the arrays have one element a horizon.</summary>
/// <param name="Series">Series id.</param>
/// <param name="Time">Time of the step it was made at, UTC.</param>
/// <param name="Value">The step's value; NaN where the series had none.</param>
/// <param name="Horizons">Steps ahead, ascending.</param>
/// <param name="Forecast">Forecast values; NaN where there is none.</param>
/// <param name="Lower">Values at the lowest quantile; NaN where there is no interval.</param>
/// <param name="Upper">Values at the highest quantile; NaN where there is no interval.</param>
/// <param name="IsAnomaly">Whether the step's value was called an anomaly.</param>
/// <param name="Model">Version that made it, such as <c>lstm@17</c>.</param>
internal sealed record ForecastMessage(
    string Series,
    DateTime Time,
    double Value,
    int[] Horizons,
    double[] Forecast,
    double[] Lower,
    double[] Upper,
    bool IsAnomaly,
    string Model);
