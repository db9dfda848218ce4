using System.Globalization;
using Spectre.Console;
using Streaming.Daemon.Cli;

namespace Streaming.Daemon.Backtest;

/// <summary>Results as a table for people.</summary>
internal static class BacktestTable
{
    private const string NoScore = "–";
    private const double MostInFull = 1e5;

    /// <summary>Writes a line a file and horizon; below each the experts alone, where they were scored.</summary>
    public static void Write(IReadOnlyList<BacktestResult> results, IReadOnlyList<ScoreName> scores, TableConsole console)
    {
        var table = console.Table(
            ["file", "forecast", "steps", .. scores.Select(HeadingOf), "weight"]);
        foreach (BacktestResult result in results)
        {
            table.AddRow(
            [
                result.File, "mixture", $"1–{result.Horizon}",
                .. scores.Select(score => Text(score, result.Value(score))), "",
            ]);
            foreach ((string name, ErrorScores errors) in result.Baselines ?? new Dictionary<string, ErrorScores>())
            {
                table.AddRow(
                [
                    "", name, "", .. scores.Select(score => Text(score, Value(score, errors))),
                    result.Experts[name].ToString("f2", CultureInfo.InvariantCulture),
                ]);
            }
        }

        console.Write(table);
    }

    private static string HeadingOf(ScoreName score) => score switch
    {
        ScoreName.Coverage => "coverage 90%",
        ScoreName.Winkler => "Winkler 90%",
        ScoreName.Pinball => "pinball",
        _ => $"{score}".ToUpperInvariant(),
    };

    private static double? Value(ScoreName score, ErrorScores errors) => score switch
    {
        ScoreName.Mse => errors.Mse,
        ScoreName.Mae => errors.Mae,
        ScoreName.Mase => errors.Mase,
        _ => null,
    };

    private static string Text(ScoreName score, double? value) => value is not { } number ? NoScore
        : number.ToString(
            score == ScoreName.Coverage ? "0.0%" : number < MostInFull ? "0.0000" : "0.00e+0",
            CultureInfo.InvariantCulture);
}
