using System.Globalization;
using Spectre.Console;
using Streaming.Daemon.Configuration;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Cli;

/// <summary>What check prints for people.</summary>
/// <param name="console">Where to.</param>
internal sealed class CheckTables(TableConsole console)
{
    /// <param name="options">Options that passed validation.</param>
    /// <param name="sourceOf">Source of a key; null for a default.</param>
    /// <param name="seriesId">A series to resolve, or null.</param>
    public void Print(ForecasterOptions options, Func<string, string?> sourceOf, string? seriesId)
    {
        var rules = new RuleBook(options);
        console.Write(Settings(options, sourceOf));
        console.WriteLine();
        console.Write(Kinds(rules));
        if (seriesId is not null)
        {
            console.WriteLine();
            console.WriteLine(Taken(seriesId, rules.Resolve(seriesId)));
        }

        console.WriteLine();
        console.WriteLine("The configuration is valid.");
    }

    private static string Taken(string seriesId, SeriesKind kind) => kind.Select is null
        ? $"Series '{seriesId}': no rule takes it, section Series applies."
        : $"Series '{seriesId}': rule {kind.Index} takes it ('{kind.Select}').";

    private static string Aggregate(SeriesProfile profile) => profile.Aggregate is null && profile.Kind == ValueKind.Auto
        ? "auto"
        : profile.AggregateOf(profile.Kind).ToString().ToLowerInvariant();

    private Table Settings(ForecasterOptions options, Func<string, string?> sourceOf)
    {
        Table table = console.Table("Setting", "Value", "From");
        foreach (EffectiveSetting setting in EffectiveSetting.All(options))
        {
            table.AddRow(new Text(setting.Key), new Text(setting.Value), new Text(sourceOf(setting.Key) ?? "default"));
        }

        return table;
    }

    private Table Kinds(RuleBook rules)
    {
        Table table = console.Table(
            "Rule", "Select", "Step", "Kind", "Aggregate", "Season (steps)", "Window (steps)");
        foreach (SeriesKind kind in rules.Kinds)
        {
            table.AddRow(
                new Text(kind.Select is null ? "-" : kind.Index.ToString(CultureInfo.InvariantCulture)),
                new Text(kind.Select ?? "(all others)"),
                new Text(kind.Options.Step),
                new Text(kind.Options.Kind.ToString().ToLowerInvariant()),
                new Text(Aggregate(kind.Profile)),
                new Text(kind.Profile.SeasonSteps == 0
                    ? "none"
                    : kind.Profile.SeasonSteps.ToString(CultureInfo.InvariantCulture)),
                new Text(kind.Profile.WindowSteps.ToString(CultureInfo.InvariantCulture)));
        }

        return table;
    }
}
