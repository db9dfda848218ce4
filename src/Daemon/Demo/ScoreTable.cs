using Spectre.Console;

namespace Streaming.Daemon.Demo;

/// <summary>The scorecard at the end: a row a series, then all of them.</summary>
internal static class ScoreTable
{
    /// <summary>What the columns mean.</summary>
    public const string Legend =
        "MASE: mean absolute error over that of the simple method, on the same origins and targets; below 1 is better "
        + "than it (season.: seasonal naive, persist.: persistence). The last row is the mean over series. Covered: "
        + "actual values within the interval. Found: labelled anomalies with an alarm. False: alarms outside of "
        + "labels.";

    /// <summary>Writes the scorecard.</summary>
    public static void Write(IAnsiConsole console, ScoreReport scores)
    {
        console.Write(Of(scores));
        console.WriteLine(Legend);
        if (scores.LeftOut > 0)
        {
            console.WriteLine(
                $"Left out of a mean, since the simple method makes no error there or nothing was scored: "
                + $"{scores.LeftOut} series.");
        }
    }

    private static Table Of(ScoreReport scores)
    {
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumn(new TableColumn("series").NoWrap().Padding(0, 0));
        AddColumns(table, scores.Horizons.Select(horizon => $"season.\nh={horizon}"));
        AddColumns(table, scores.Horizons.Select(horizon => $"persist.\nh={horizon}"));
        AddColumns(table, ["covered", "found", "alarms", "false"]);
        foreach (SeriesReport series in scores.Series)
        {
            AddRow(
                table, series.Series, series.MaseAgainstSeasonal, series.MaseAgainstPersistence, series.Coverage,
                series.Found, series.Labelled, series.Alarms, series.FalseAlarms);
        }

        table.AddEmptyRow();
        AddRow(
            table, "all", scores.MaseAgainstSeasonal, scores.MaseAgainstPersistence, scores.Coverage,
            scores.Series.Sum(series => series.Found), scores.Series.Sum(series => series.Labelled),
            scores.Series.Sum(series => series.Alarms), scores.Series.Sum(series => series.FalseAlarms));
        return table;
    }

    private static void AddColumns(Table table, IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            table.AddColumn(new TableColumn(new Text(name).RightJustified()).RightAligned().NoWrap().Padding(0, 0));
        }
    }

    private static void AddRow(
        Table table, string name, IEnumerable<double> seasonal, IEnumerable<double> persistence, double coverage,
        int found, int labelled, int alarms, int falseAlarms)
    {
        IEnumerable<string> cells =
        [
            name,
            .. seasonal.Select(Figures.Ratio),
            .. persistence.Select(Figures.Ratio),
            Figures.Share(coverage),
            $"{found}/{labelled}",
            $"{alarms}",
            $"{falseAlarms}",
        ];
        table.AddRow(cells.Select(cell => new Text(cell)));
    }
}
