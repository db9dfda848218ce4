namespace Streaming.Daemon.Backtest.Report;

/// <summary>A value that raised an alarm.</summary>
/// <param name="Series">Its series.</param>
/// <param name="Time">When.</param>
/// <param name="Value">What came.</param>
/// <param name="Expected">What had been forecast a step before.</param>
/// <param name="Deviations">How far these are apart, in standard deviations of the series.</param>
/// <param name="Score">Its anomaly score.</param>
internal sealed record AnomalyMark(
    string Series, long Time, double Value, double? Expected, double? Deviations, double Score);
