using System.Globalization;
using System.Text;
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
        console.WriteLine();
        console.WriteLine(Repartition(options));
        console.WriteLine(Room(options));
        if (seriesId is not null)
        {
            console.WriteLine();
            console.WriteLine(Taken(seriesId, rules));
        }

        console.WriteLine();
        console.WriteLine("The configuration is valid.");
    }

    private static string Repartition(ForecasterOptions options)
    {
        RepartitionChoice choice = RepartitionChoice.Of(options.Input);
        string ofGroups = options.Groups.Count > 0
            ? " So must those of a group: its producers key by what its series have in common, or Input:Repartition is on."
            : "";
        return choice.IsOn
            ? $"Repartitioning is on, through '{options.RepartitionTopic}': {choice.Why}."
            : $"Repartitioning is off: {choice.Why}.{ofGroups}";
    }

    private static string Room(ForecasterOptions options)
    {
        SeriesRoom room = StateBound.RoomOf(options);
        return FormattableString.Invariant(
            $"A partition takes {room.Series:N0} series, {room.Bytes:N0} bytes when full, by {room.Limit}.");
    }

    private static string Taken(string seriesId, RuleBook rules)
    {
        if (!rules.Takes(seriesId))
        {
            return $"Series '{seriesId}': Input:Include and Input:Exclude leave it out.";
        }

        SeriesKind kind = rules.Resolve(seriesId);
        string rule = kind.Select is null
            ? "no rule takes it, section Series applies."
            : $"rule {kind.Rule} takes it ('{kind.Select}').";
        string values = kind.Profile.Kind == ValueKind.Auto
            ? $" Its values are {Name(ValueKinds.OfName(seriesId))}s, where the producer does not say."
            : $" Its values are {Name(kind.Profile.Kind)}s.";
        string group = rules.Members.Find(Encoding.UTF8.GetBytes(seriesId)) is { } place
            ? FormattableString.Invariant($" It is forecast from the {kind.MemberCount} series of group {place.Group}.")
            : "";
        return $"Series '{seriesId}': {rule}{values}{group}";
    }

    private static string Name<T>(T choice)
        where T : struct, Enum => choice.ToString().ToLowerInvariant();

    private static string Aggregate(SeriesProfile profile) =>
        profile.Aggregate is null && profile.Kind == ValueKind.Auto
            ? "auto"
            : Name(profile.AggregateOf(profile.Kind));

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
        foreach (SeriesKind kind in rules.Kinds.Where(kind => kind.Group is null))
        {
            table.AddRow(
                new Text(kind.Rule?.ToString(CultureInfo.InvariantCulture) ?? "-"),
                new Text(kind.Select ?? "(all others)"),
                new Text(kind.Options.Step),
                new Text(Name(kind.Options.Kind)),
                new Text(Aggregate(kind.Profile)),
                new Text(kind.Profile.SeasonSteps == 0
                    ? "none"
                    : kind.Profile.SeasonSteps.ToString(CultureInfo.InvariantCulture)),
                new Text(kind.Profile.WindowSteps.ToString(CultureInfo.InvariantCulture)));
        }

        return table;
    }
}
