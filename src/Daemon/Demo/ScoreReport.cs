namespace Streaming.Daemon.Demo;

/// <summary>Scores of all series at one moment, immutable.</summary>
/// <param name="Horizons">Horizons, in steps, ascending; every list of scores has their order.</param>
/// <param name="Series">Scores per series, in the order of ids.</param>
internal sealed record ScoreReport(IReadOnlyList<int> Horizons, IReadOnlyList<SeriesReport> Series)
{
    /// <summary>Scaled error against persistence at each horizon: mean over the series that have one, or NaN.</summary>
    public IReadOnlyList<double> MaseAgainstPersistence => Means(series => series.MaseAgainstPersistence);

    /// <summary>Scaled error against seasonal naive at each horizon: mean over the series that have one, or
    /// NaN.</summary>
    public IReadOnlyList<double> MaseAgainstSeasonal => Means(series => series.MaseAgainstSeasonal);

    /// <summary>Share of actuals within the interval: mean over the series that have one, or NaN.</summary>
    public double Coverage => Mean(Series.Select(series => series.Coverage));

    /// <summary>Series that lack a scaled error at some horizon, against either naive.</summary>
    public int LeftOut => Series.Count(series =>
        series.MaseAgainstPersistence.Concat(series.MaseAgainstSeasonal).Any(double.IsNaN));

    private double[] Means(Func<SeriesReport, IReadOnlyList<double>> scores) =>
        [.. Horizons.Select((_, i) => Mean(Series.Select(series => scores(series)[i])))];

    private static double Mean(IEnumerable<double> values) =>
        values.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
}
