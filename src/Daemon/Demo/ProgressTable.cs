using Spectre.Console;
using Spectre.Console.Rendering;

namespace Streaming.Daemon.Demo;

/// <summary>How the demo stands, as a table that is redrawn in place.</summary>
internal static class ProgressTable
{
    private const int BarCells = 40;

    /// <summary>The table.</summary>
    public static IRenderable Of(DemoSnapshot now)
    {
        Grid grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn(new GridColumn().NoWrap());
        Row(grid, "streams", Bar(now.Records, now.TotalRecords));
        Row(grid, "records", $"{Figures.Count(now.Records)} of {Figures.Count(now.TotalRecords)}");
        Row(grid, "forecasts", Figures.Count(now.Forecasts));
        Row(grid, "records/s", Figures.Count(now.RecordsPerSecond));
        Row(grid, "version", now.Version.Length > 0 ? $"{now.Version}, {now.VersionsAdopted} adopted" : "–");
        for (int i = 0; i < now.Scores.Horizons.Count; i++)
        {
            Row(
                grid,
                i == 0 ? "error" : "",
                $"h={now.Scores.Horizons[i],-4} {Figures.Ratio(now.Scores.MaseAgainstSeasonal[i])} of seasonal naive, "
                + $"{Figures.Ratio(now.Scores.MaseAgainstPersistence[i])} of persistence");
        }

        Row(grid, "coverage", Figures.Share(now.Scores.Coverage));
        return grid;
    }

    private static void Row(Grid grid, string name, string value) => grid.AddRow(new Text(name), new Text(value));

    private static string Bar(long records, long total)
    {
        int full = total > 0 ? (int)(records * BarCells / total) : 0;
        return new string('━', full) + new string('╌', BarCells - full);
    }
}
