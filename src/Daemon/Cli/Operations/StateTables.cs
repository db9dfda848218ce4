using System.Globalization;
using Spectre.Console;

namespace Streaming.Daemon.Cli.Operations;

/// <summary>What state inspect prints for people.</summary>
/// <param name="console">Where to.</param>
internal sealed class StateTables(TableConsole console)
{
    public void Print(StateReport report)
    {
        console.WriteLine($"State topic '{report.Topic}' of application '{report.Application}', cluster {report.Cluster}");
        console.WriteLine();
        console.Write(Partitions(report));
        foreach (PartitionReport partition in report.Partitions)
        {
            Print(partition);
        }
    }

    private void Print(PartitionReport partition)
    {
        if (partition.Series is { Count: > 0 } series)
        {
            console.WriteLine();
            console.WriteLine($"Partition {partition.Partition}:");
            console.Write(Series(series));
        }

        foreach (DamageReport damage in partition.Damaged)
        {
            string what = damage.Series is null ? "its marker" : $"'{OneLine.Of(damage.Series)}'";
            console.WriteLine(
                $"Partition {partition.Partition}: {what} is damaged, at offset {damage.Offset} of the state topic "
                + $"({Name(damage.Kind)}: {Name(damage.Reason)}).");
        }

        if (partition.Refusal is not null)
        {
            console.WriteLine($"Refused: {OneLine.Of(partition.Refusal)}");
        }
    }

    private Table Partitions(StateReport report)
    {
        Table table = console.Table(
            "Partition", "Records", "Bytes", "Series", "Damaged", "Committed", "Reads again from", "Stream time there",
            "Version", "A restart");
        foreach (PartitionReport partition in report.Partitions)
        {
            MarkerReport? marker = partition.Marker;
            Row(
                table, Count(partition.Partition), Count(partition.Records), Count(partition.Bytes),
                Count(partition.SeriesCount), Count(partition.Damaged.Count), Count(marker?.Committed),
                marker is { LowWater: null } ? "the beginning" : Count(marker?.LowWater), Time(marker?.StreamTime),
                marker?.Adoptions is [.., var newest] ? newest.Version : "-", Outcome(partition.GoesOn));
        }

        return table;
    }

    private Table Series(IReadOnlyList<UnitReport> series)
    {
        Table table = console.Table("Series", "Bytes", "Began at", "As of", "Steps", "Status", "Newest step");
        foreach (UnitReport unit in series)
        {
            Row(
                table, unit.Id, Count(unit.Bytes), Count(unit.Born), unit.IsDamaged ? "-" : Count(unit.AsOf),
                Count(unit.Steps), unit.IsDamaged ? "damaged" : unit.Status is null ? "-" : Name(unit.Status.Value),
                Time(unit.Time));
        }

        return table;
    }

    private static string Outcome(string goesOn) => goesOn switch
    {
        "cold" => "begins anew",
        "on" => "goes on",
        "migrates" => "goes on under other options",
        _ => "is refused",
    };

    private static void Row(Table table, params IEnumerable<string> cells) =>
        table.AddRow(cells.Select(cell => new Text(OneLine.Of(cell))));

    private static string Name<T>(T choice)
        where T : struct, Enum => choice.ToString().ToLowerInvariant();

    private static string Count(long? number) => number?.ToString("N0", CultureInfo.InvariantCulture) ?? "-";

    private static string Time(DateTime? time) =>
        time?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "-";
}
