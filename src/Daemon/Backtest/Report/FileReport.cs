namespace Streaming.Daemon.Backtest.Report;

/// <summary>What the page shows of one file; times are ms since 1970.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Protocol">Which rows were scored.</param>
/// <param name="Network">The network, in words.</param>
/// <param name="Rows">Rows that were replayed.</param>
/// <param name="SeriesCount">Series in the file.</param>
/// <param name="Results">Scores at each horizon.</param>
/// <param name="ByStep">Mean squared error at each step ahead: the forecast first, then some experts.</param>
/// <param name="Coverage">Share of values within the 90% interval at each step ahead.</param>
/// <param name="Errors">Absolute errors over time, one entry a horizon.</param>
/// <param name="Weights">Weights of experts over time.</param>
/// <param name="Series">Stretches of some series with forecasts.</param>
/// <param name="Anomalies">Alarms among the scored rows, in the order of time.</param>
/// <param name="Alarms">How many there were, those not listed included.</param>
internal sealed record FileReport(
    string Name, string Protocol, string Network, int Rows, int SeriesCount, IReadOnlyList<BacktestResult> Results,
    IReadOnlyList<NamedLine> ByStep, IReadOnlyList<double?> Coverage, IReadOnlyList<TimeLines> Errors, TimeLines Weights,
    IReadOnlyList<SeriesExcerpt> Series, IReadOnlyList<AnomalyMark> Anomalies, int Alarms);
