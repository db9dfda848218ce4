using System.Text.Json;

namespace Streaming.Daemon.Demo;

/// <summary>The result of a demo as <c>--json</c> prints it.</summary>
/// <param name="Series">Number of series.</param>
/// <param name="Records">Records sent.</param>
/// <param name="Forecasts">Forecasts that came back.</param>
/// <param name="Seconds">From the first record sent to the last forecast back.</param>
/// <param name="RecordsPerSecond">Records by seconds.</param>
/// <param name="Mase">Horizon → scaled error against seasonal naive, mean over series; null without points.</param>
/// <param name="Coverage">Share of actuals within the interval, mean over series; null without points.</param>
/// <param name="VersionsAdopted">Versions that came after the first.</param>
/// <param name="Anomalies">Labelled windows, and those an alarm found.</param>
internal sealed record DemoSummary(
    int Series,
    long Records,
    long Forecasts,
    double Seconds,
    double RecordsPerSecond,
    IReadOnlyDictionary<string, double?> Mase,
    double? Coverage,
    int VersionsAdopted,
    AnomalySummary Anomalies)
{
    public static readonly JsonSerializerOptions Format = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>The summary of a finished demo; figures keep what a reader can use of their digits.</summary>
    public static DemoSummary Of(DemoSnapshot end)
    {
        IReadOnlyList<double> mase = end.Scores.MaseAgainstSeasonal;
        return new(
            end.Scores.Series.Count,
            end.Records,
            end.Forecasts,
            Math.Round(end.Elapsed.TotalSeconds, 3),
            Math.Round(end.RecordsPerSecond, 1),
            end.Scores.Horizons.Select((horizon, i) => (horizon, mase: Rounded(mase[i])))
                .ToDictionary(at => $"{at.horizon}", at => at.mase),
            Rounded(end.Scores.Coverage),
            end.VersionsAdopted,
            new(end.Scores.Series.Sum(series => series.Labelled), end.Scores.Series.Sum(series => series.Found)));
    }

    /// <summary>One line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Format);

    private static double? Rounded(double value) => double.IsFinite(value) ? Math.Round(value, 4) : null;
}
