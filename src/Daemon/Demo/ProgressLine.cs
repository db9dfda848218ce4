namespace Streaming.Daemon.Demo;

/// <summary>How the demo stands, in one line for logs.</summary>
internal static class ProgressLine
{
    /// <summary>The line, such as
    /// <c>10 s: 13,640 of 78,060 records, 13,622 forecasts, 1,364 records/s, version lstm@2 (1 adopted), …</c>.
    /// </summary>
    public static string Of(DemoSnapshot now)
    {
        string version =
            now.Version.Length > 0 ? $"version {now.Version} ({now.VersionsAdopted} adopted)" : "no version";
        return $"{Figures.Count(now.Elapsed.TotalSeconds)} s: {Figures.Count(now.Records)} of "
            + $"{Figures.Count(now.TotalRecords)} records, {Figures.Count(now.Forecasts)} forecasts, "
            + $"{Figures.Count(now.RecordsPerSecond)} records/s, {version}, error against seasonal naive "
            + ByHorizon(now.Scores.Horizons, now.Scores.MaseAgainstSeasonal);
    }

    private static string ByHorizon(IReadOnlyList<int> horizons, IReadOnlyList<double> errors) =>
        string.Join(", ", horizons.Select((horizon, i) => $"{Figures.Ratio(errors[i])} (h={horizon})"));
}
