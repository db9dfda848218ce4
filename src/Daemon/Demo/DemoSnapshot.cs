namespace Streaming.Daemon.Demo;

/// <summary>How the demo stands at one moment, immutable.</summary>
/// <param name="Records">Records sent.</param>
/// <param name="TotalRecords">Records the streams have.</param>
/// <param name="Forecasts">Forecasts that have come back.</param>
/// <param name="Elapsed">Time since the first record was sent.</param>
/// <param name="Version">Version in force, empty before the first forecast.</param>
/// <param name="VersionsAdopted">Versions that came after the first.</param>
/// <param name="Scores">Scores so far.</param>
internal sealed record DemoSnapshot(
    long Records,
    long TotalRecords,
    long Forecasts,
    TimeSpan Elapsed,
    string Version,
    int VersionsAdopted,
    ScoreReport Scores)
{
    /// <summary>Records a second since the start.</summary>
    public double RecordsPerSecond => Elapsed > TimeSpan.Zero ? Records / Elapsed.TotalSeconds : 0;
}
