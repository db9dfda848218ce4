using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Streaming.Daemon.Backtest;

/// <summary>Scores of one file at one horizon: means over steps 1 to the horizon, scored origins and series.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Protocol">Which rows were scored.</param>
/// <param name="Horizon">In steps.</param>
/// <param name="Mse">Mean squared error in squared deviations of the rows before the scored ones; null, as all of them:
/// nothing was scored.</param>
/// <param name="Mae">Mean absolute error in such deviations.</param>
/// <param name="Mase">Mean absolute error over that of seasonal naive one season ahead on those rows; a mean over series.
/// </param>
/// <param name="Coverage90">Share of values within the 90% interval.</param>
/// <param name="Winkler90">Winkler's score of that interval, in deviations.</param>
/// <param name="Pinball">Mean pinball loss of all quantile levels, in deviations.</param>
/// <param name="Experts">Mean weight of each expert over all horizons.</param>
/// <param name="AtHorizon">Scores of that one step alone.</param>
/// <param name="Baselines">Of each expert by itself; null: not asked for.</param>
internal sealed record BacktestResult(
    string File, string Protocol, int Horizon, double? Mse, double? Mae, double? Mase, double? Coverage90,
    double? Winkler90, double? Pinball, IReadOnlyDictionary<string, double> Experts, StepScores AtHorizon,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    IReadOnlyDictionary<string, ErrorScores>? Baselines)
{
    public static readonly JsonSerializerOptions Format = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a terminal or a file reads this, no browser
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    public static string ToJson(IReadOnlyList<BacktestResult> results) => JsonSerializer.Serialize(results, Format);

    /// <summary>A score as one value; null where nothing was scored.</summary>
    public double? Value(ScoreName name) => name switch
    {
        ScoreName.Mse => Mse,
        ScoreName.Mae => Mae,
        ScoreName.Mase => Mase,
        ScoreName.Pinball => Pinball,
        ScoreName.Winkler => Winkler90,
        _ => Coverage90,
    };
}
