using Spectre.Console;

namespace Streaming.Daemon.Demo;

/// <summary>The scorecard at the end: a row a series, then all of them.</summary>
internal static class ScoreTable
{
    /// <summary>What the columns mean.</summary>
    public const string Legend =
        "MASE: mean absolute error over that of the simple method, on the same origins and targets; below 1 is better "
        + "than it (season.: seasonal naive, persist.: persistence). The last row is the mean over series. Covered: "
        + "actual values within the interval.";

    /// <summary>What the columns mean that only labelled streams have.</summary>
    public const string LabelLegend =
        "Found: labelled anomalies with an alarm. False: alarms outside of labels.";

    private const int MostRows = 50;

    /// <summary>Writes the scorecard.</summary>
    public static void Write(IAnsiConsole console, ScoreReport scores)
    {
        console.Write(Of(scores));
        console.WriteLine(HasLabels(scores) ? $"{Legend} {LabelLegend}" : Legend);
        if (scores.LeftOut > 0)
        {
            console.WriteLine(
                $"Left out of a mean, since the simple method makes no error there or nothing was scored: "
                + $"{scores.LeftOut} series.");
        }
    }

    private static bool HasLabels(ScoreReport scores) => scores.Series.Any(series => series.Labelled > 0);

    private static Table Of(ScoreReport scores)
    {
        bool hasLabels = HasLabels(scores);
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumn(new TableColumn("series").NoWrap().Padding(0, 0));
        AddColumns(table, scores.Horizons.Select(horizon => $"season.\nh={horizon}"));
        AddColumns(table, scores.Horizons.Select(horizon => $"persist.\nh={horizon}"));
        AddColumns(table, hasLabels ? ["covered", "found", "alarms", "false"] : ["covered", "alarms"]);
        foreach (SeriesReport series in scores.Series.Take(MostRows))
        {
            AddRow(
                table, series.Series, series.MaseAgainstSeasonal, series.MaseAgainstPersistence, series.Coverage,
                AlarmCells([series], hasLabels));
        }

        if (scores.Series.Count > MostRows)
        {
            table.AddRow(new Text($"… {scores.Series.Count - MostRows} more"));
        }

        table.AddEmptyRow();
        AddRow(
            table, "all", scores.MaseAgainstSeasonal, scores.MaseAgainstPersistence, scores.Coverage,
            AlarmCells(scores.Series, hasLabels));
        return table;
    }

    private static void AddColumns(Table table, IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            table.AddColumn(new TableColumn(new Text(name).RightJustified()).RightAligned().NoWrap().Padding(0, 0));
        }
    }

    private static string[] AlarmCells(IReadOnlyList<SeriesReport> of, bool hasLabels)
    {
        string alarms = $"{of.Sum(series => series.Alarms)}";
        return hasLabels
            ?
            [
                $"{of.Sum(series => series.Found)}/{of.Sum(series => series.Labelled)}", alarms,
                $"{of.Sum(series => series.FalseAlarms)}",
            ]
            : [alarms];
    }

    private static void AddRow(
        Table table, string name, IEnumerable<double> seasonal, IEnumerable<double> persistence, double coverage,
        IEnumerable<string> alarms)
    {
        IEnumerable<string> cells =
        [
            name,
            .. seasonal.Select(Figures.Ratio),
            .. persistence.Select(Figures.Ratio),
            Figures.Share(coverage),
            .. alarms,
        ];
        table.AddRow(cells.Select(cell => new Text(cell)));
    }
}
