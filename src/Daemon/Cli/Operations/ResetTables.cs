using System.Globalization;
using Spectre.Console;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Cli.Operations;

/// <summary>What reset prints for people.</summary>
/// <param name="console">Where to.</param>
internal sealed class ResetTables(TableConsole console)
{
    public void Print(ResetPlan plan)
    {
        console.WriteLine($"Reset of application '{plan.Application}' on cluster {plan.Cluster}.");
        console.WriteLine();
        console.Write(Drops(plan));
        console.WriteLine();
        console.WriteLine(
            $"Input, forecasts and dead letters stay. The deployment then begins anew (Input:Start {plan.Start}, "
            + $"Output:Emit {OptionNames.Of(plan.Emit)}):");
        console.Write(Starts(plan));
        if (plan.Emit == EmitMode.All && plan.Starts.Any(start => start.ReadFrom < start.High))
        {
            console.WriteLine(
                "Forecasts of what is read again are published again; with Output:Emit live, only new ones are.");
        }
    }

    private Table Drops(ResetPlan plan)
    {
        Table table = console.Table("Drops", "Which holds");
        Row(
            table, $"state, topic '{plan.State.Topic}'",
            $"{Count(plan.SeriesCount)} series in {Count(plan.State.Ends.Count)} partitions, {Count(plan.State.Keys.Count)} records");
        Row(
            table, plan.Models is null ? "no versions (--models drops them)" : $"versions, topic '{plan.Models.Topic}'",
            plan.VersionCount is { } versions ? $"{Count(versions)} versions" : "");
        if (plan.Repartition is { } repartition)
        {
            Row(table, $"records, topic '{repartition.Topic}'", $"about {Count(repartition.Records)} records");
        }

        foreach (ResetGroup group in plan.Groups)
        {
            Row(
                table, $"consumer group '{group.Name}'",
                group.Members.Count == 0 ? "its offsets and notes, if any" : $"{Count(group.Members.Count)} members: in the way");
        }

        return table;
    }

    private Table Starts(ResetPlan plan)
    {
        Table table = console.Table("Partition", "Log begins", "Log ends", "Reads from", "Publishes from");
        foreach (ResetStart start in plan.Starts)
        {
            Row(
                table, Count(start.Partition), Count(start.Low), Count(start.High), Count(start.ReadFrom),
                Count(start.LiveFrom));
        }

        return table;
    }

    private static void Row(Table table, params IEnumerable<string> cells) =>
        table.AddRow(cells.Select(cell => new Text(OneLine.Of(cell))));

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
