using System.Text.Json.Serialization;
using Streaming.Daemon.Configuration;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Cli;

/// <summary>What check --json prints.</summary>
/// <param name="Valid">Whether the daemon would start.</param>
/// <param name="Errors">Everything that is wrong.</param>
/// <param name="Configuration">The effective settings, in the form of a configuration file, secrets masked.</param>
/// <param name="Repartition">Whether records are repartitioned, and why.</param>
/// <param name="Series">The series that was asked for.</param>
internal sealed record CheckReport(
    [property: JsonPropertyName("valid")] bool Valid,
    [property: JsonPropertyName("errors")] IReadOnlyList<ConfigurationError> Errors,
    [property: JsonPropertyName("configuration")] ForecasterOptions? Configuration,
    [property: JsonPropertyName("repartition")] RepartitionReport? Repartition,
    [property: JsonPropertyName("series")] SeriesReport? Series)
{
    public static CheckReport Of(ConfigurationResult result, string? seriesId)
    {
        if (!result.IsValid)
        {
            return new(false, result.Errors, null, null, null);
        }

        SeriesReport? series = null;
        if (seriesId is not null)
        {
            var rules = new RuleBook(result.Options);
            SeriesKind kind = rules.Resolve(seriesId);
            series = new(
                seriesId, !rules.Takes(seriesId), kind.Rule, kind.Select, kind.Options,
                kind.Profile);
        }

        RepartitionChoice choice = RepartitionChoice.Of(result.Options.Input);
        return new(true, [], result.Shown, new(choice.IsOn, choice.Why), series);
    }
}

/// <param name="On">Whether they are.</param>
/// <param name="Why">The reason.</param>
internal sealed record RepartitionReport(
    [property: JsonPropertyName("on")] bool On,
    [property: JsonPropertyName("why")] string Why);

/// <param name="Id">The series id.</param>
/// <param name="Excluded">Whether Input:Include and Input:Exclude leave it out.</param>
/// <param name="Rule">Number of the rule that takes it, from 0; absent where none does.</param>
/// <param name="Select">That rule's selector.</param>
/// <param name="Settings">Its settings, inherited ones included.</param>
/// <param name="Profile">The same in steps and ticks.</param>
internal sealed record SeriesReport(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("excluded")] bool Excluded,
    [property: JsonPropertyName("rule")] int? Rule,
    [property: JsonPropertyName("select")] string? Select,
    [property: JsonPropertyName("settings")] SeriesOptions Settings,
    [property: JsonPropertyName("profile")] SeriesProfile Profile);
