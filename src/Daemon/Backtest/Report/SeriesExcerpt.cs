namespace Streaming.Daemon.Backtest.Report;

/// <summary>A stretch of one series.</summary>
/// <param name="Id">The series.</param>
/// <param name="Times">Of its steps.</param>
/// <param name="Values">Their values.</param>
/// <param name="Fans">Forecasts from some of them.</param>
/// <param name="Alarms">Places of the steps that raised an alarm.</param>
internal sealed record SeriesExcerpt(
    string Id, IReadOnlyList<long> Times, IReadOnlyList<double> Values, IReadOnlyList<Fan> Fans,
    IReadOnlyList<int> Alarms);
