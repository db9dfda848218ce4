namespace Streaming.Daemon.Demo;

/// <summary>Scores of one series; NaN stands for a score without points.</summary>
/// <param name="Series">Series id.</param>
/// <param name="Forecasts">Forecasts taken in.</param>
/// <param name="MaseAgainstPersistence">Scaled error at each horizon.</param>
/// <param name="MaseAgainstSeasonal">Scaled error at each horizon.</param>
/// <param name="Coverage">Share of actuals within the interval, over all horizons.</param>
/// <param name="Labelled">Labelled windows.</param>
/// <param name="Found">Labelled windows with an alarm.</param>
/// <param name="Alarms">Alarms.</param>
/// <param name="FalseAlarms">Alarms outside every window.</param>
internal sealed record SeriesReport(
    string Series,
    long Forecasts,
    IReadOnlyList<double> MaseAgainstPersistence,
    IReadOnlyList<double> MaseAgainstSeasonal,
    double Coverage,
    int Labelled,
    int Found,
    int Alarms,
    int FalseAlarms)
{
    /// <summary>The scores of a series as they stand.</summary>
    public static SeriesReport Of(string series, SeriesScore score) => new(
        series,
        score.Forecasts,
        [.. score.Horizons.Select(horizon => horizon.MaseAgainstPersistence)],
        [.. score.Horizons.Select(horizon => horizon.MaseAgainstSeasonal)],
        (double)score.Horizons.Sum(horizon => horizon.Covered) / score.Horizons.Sum(horizon => horizon.IntervalPoints),
        score.Alarms.Labelled,
        score.Alarms.Found,
        score.Alarms.Alarms,
        score.Alarms.FalseAlarms);
}
