using Streaming.Inference.Anomalies;

namespace Streaming.Daemon.Serving.Api;

/// <summary>Body of /api/v1/series/{id}: all of one series.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Partition">Its partition.</param>
/// <param name="Status">cold or warm.</param>
/// <param name="Reason">Why there is no forecast to rely on yet; null where there is.</param>
/// <param name="Steps">Steps seen since it was last cold.</param>
/// <param name="StepSeconds">Length of its step; null where each record is one.</param>
/// <param name="LastTime">Start of its newest step.</param>
/// <param name="LastValue">Value of that step.</param>
/// <param name="Unit">What values are measured in.</param>
/// <param name="ErrorRatio">As in the list.</param>
/// <param name="AnomalyScore">As in the list.</param>
/// <param name="Experts">Weight of each expert in the latest forecast, by name; empty until it is known.</param>
/// <param name="History">Its last steps beside what was forecast of them.</param>
/// <param name="Fan">The latest forecast; null before the first step.</param>
/// <param name="Errors">Errors over time, by stretches of the history.</param>
internal sealed record SeriesView(
    string Id, int Partition, string Status, string? Reason, long Steps, double? StepSeconds, DateTime? LastTime,
    double? LastValue, string? Unit, double? ErrorRatio, double? AnomalyScore, IReadOnlyDictionary<string, double> Experts,
    HistoryView History, FanView? Fan, IReadOnlyList<ErrorView> Errors);

/// <summary>Closed steps, oldest first; all arrays have one length. Forecasts are those of the shortest horizon as they
/// were issued, null before this process remembers any.</summary>
/// <param name="Time">Start of each step.</param>
/// <param name="Value">Its value; null where none came.</param>
/// <param name="Yhat">What was forecast.</param>
/// <param name="Lower">Lowest quantile.</param>
/// <param name="Upper">Highest quantile.</param>
/// <param name="Naive">Forecast of seasonal naive.</param>
/// <param name="Score">How odd the value is.</param>
/// <param name="Anomaly">Kind of the alarm that it raised: spike, level-shift or gap; null: none.</param>
internal sealed record HistoryView(
    DateTime[] Time, double?[] Value, double?[] Yhat, double?[] Lower, double?[] Upper, double?[] Naive, double?[] Score,
    AnomalyKind?[] Anomaly);

/// <summary>A forecast at some horizons; all arrays have one length.</summary>
/// <param name="Time">Start of the step that it was made at.</param>
/// <param name="Model">Version that made it.</param>
/// <param name="Horizons">In steps.</param>
/// <param name="Times">Start of each step that is forecast; null where each record is a step.</param>
/// <param name="Yhat">The forecasts.</param>
/// <param name="Quantiles">By level: "0.05".</param>
internal sealed record FanView(
    DateTime Time, string? Model, int[] Horizons, DateTime[]? Times, double?[] Yhat,
    IReadOnlyDictionary<string, double?[]> Quantiles);

/// <param name="From">First step of the stretch.</param>
/// <param name="To">Its last.</param>
/// <param name="Steps">Steps of it that were forecast.</param>
/// <param name="Error">Mean absolute error of the forecasts, in the series' unit.</param>
/// <param name="NaiveError">That of seasonal naive.</param>
/// <param name="Ratio">One by the other; null where naive made no error.</param>
internal sealed record ErrorView(
    DateTime From, DateTime To, int Steps, double Error, double NaiveError, double? Ratio);

/// <summary>Body of /api/v1/series/{id}/forecast.</summary>
/// <param name="Series">Id of the series.</param>
/// <param name="Status">cold or warm.</param>
/// <param name="Reason">Why it is not to be relied on yet; null where it is.</param>
/// <param name="Unit">What values are measured in.</param>
/// <param name="Forecast">The forecast.</param>
internal sealed record SeriesForecastView(string Series, string Status, string? Reason, string? Unit, FanView Forecast);
