using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Tests.Documentation;

/// <summary>docs/configuration.md, made of the option types: their defaults, bounds and summaries.</summary>
internal static partial class ConfigurationPage
{
    private const string None = "—";

    private static readonly string[] head =
    [
        "# Configuration",
        "",
        "Sources, later ones win: `appsettings.json` beside the executable, `appsettings.json` in the working directory, the file",
        "of `--config`, the files of a folder that `FORECASTER_SECRETS` names (a secret that is mounted: a file named",
        "`Kafka__Client__sasl.password` holds that setting and is never shown), environment variables such as",
        "`FORECASTER__Kafka__BootstrapServers`. A list is taken whole from the last source that has it. Time spans are",
        "`[days.]hours:minutes:seconds`. Unknown keys are errors. A `Logging` section sets levels as in any .NET host.",
        "",
        "`forecaster check` prints what it all comes to, and where each value is from. The tables are made of the option types",
        "(`UPDATE_DOCUMENTS=1 dotnet test tests/Daemon.Tests --filter ConfigurationPage`). All options are read at the start;",
        "what a change does to series that are stored then is, in the column *stored*:",
        "",
        "| word | means |",
        "| --- | --- |",
        "| free | nothing that is stored depends on it |",
        "| migrates | the series go on under the new value, from the record on that the last commit names |",
        "| cold | series whose value changes, by `Series` or by a rule, start cold; the others go on |",
        "| reset | refused at the start: put it back, or begin anew by [`forecaster reset`](operations.md#begin-anew) (`--models`, where it is an option of `Model`) |",
        "| anew | what is stored is of something else: it is another deployment, or begins anew by `forecaster reset` |",
    ];

    /// <summary>Pages that say more.</summary>
    private static readonly Dictionary<string, string> more = new()
    {
        ["Kafka:Client"] = "security.md",
        ["Input:Format"] = "formats.md#what-producers-send",
        ["Input:Repartition"] = "repartition.md",
        ["Input:Start"] = "operations.md#start-on-a-topic-with-history",
        ["Input:Skip"] = "operations.md#a-record-that-ends-the-process",
        ["Output:Emit"] = "operations.md#start-on-a-topic-with-history",
        ["Series:Profile"] = "benchmarks/experts.md",
        ["Groups"] = "groups.md",
        ["Model:File"] = "models.md",
        ["Model:Features"] = "models.md#what-the-network-is-fed",
        ["Training:Mode"] = "training.md",
        ["Training:MinGain"] = "decisions/0010-gate-on-the-future.md",
        ["Pipeline:MaxStateBytes"] = "memory.md",
        ["Pipeline:AnomalyThreshold"] = "benchmarks/nab.md",
        ["State:Delivery"] = "decisions/0019-state-and-transactions.md",
        ["Http:WriteToken"] = "api.md#who-may",
        ["Http:Port"] = "api.md",
    };

    public static IEnumerable<string> Lines() =>
    [
        .. head,
        .. Section("", typeof(ForecasterOptions), new ForecasterOptions(), "The deployment"),
    ];

    /// <summary>Every option of the tables, with its default.</summary>
    public static IEnumerable<(string Key, object? Default, PropertyInfo Property)> Options() =>
        OptionsOf(new ForecasterOptions(), "");

    private static IEnumerable<(string Key, object? Default, PropertyInfo Property)> OptionsOf(object section, string path) =>
        OptionsSchema.Settings(section.GetType()).SelectMany(property =>
        {
            object? value = property.GetValue(section);
            string key = OptionsSchema.Join(path, property.Name);
            return OptionsSchema.IsSection(property.PropertyType) ? OptionsOf(value!, key) : [(key, value, property)];
        });

    private static IEnumerable<string> Section(string path, Type type, object section, string title)
    {
        string summary = path.Length == 0 ? "" : XmlSummaries.Of(type);
        PropertyInfo[] properties = [.. OptionsSchema.Settings(type)];
        IEnumerable<string> lines =
        [
            "", $"## {title}", "",
            .. summary.Length == 0 ? Array.Empty<string>() : [summary, ""],
            "| option | type | default | allowed | stored | what it does |",
            "| --- | --- | --- | --- | --- | --- |",
            .. properties.Where(property => !OptionsSchema.IsSection(property.PropertyType))
                .Select(property => Row(OptionsSchema.Join(path, property.Name), property, property.GetValue(section))),
        ];
        return lines.Concat(properties.SelectMany(property => Elements(property))).Concat(properties.Where(property => OptionsSchema.IsSection(property.PropertyType)).SelectMany(
            property => Section(
                OptionsSchema.Join(path, property.Name), property.PropertyType, property.GetValue(section)!,
                OptionsSchema.Join(path, property.Name))));
    }

    /// <summary>What the sections of a list hold: options of its own, and those of Series where it has these.</summary>
    private static IEnumerable<string> Elements(PropertyInfo list)
    {
        if (OptionsSchema.ElementType(list.PropertyType) is not { } type || !OptionsSchema.IsSection(type))
        {
            yield break;
        }

        yield return "";
        yield return $"Each of `{list.Name}`: {XmlSummaries.Of(type)}";
        foreach (PropertyInfo property in OptionsSchema.Settings(type))
        {
            if (XmlSummaries.Of(property) is { Length: > 0 } summary)
            {
                yield return $"- `{property.Name}`: {summary}";
            }
        }

        if (typeof(SeriesOptions).GetProperties().All(option => !option.CanWrite || type.GetProperty(option.Name) is not null))
        {
            yield return "- Any option of `Series`.";
        }
    }

    private static string Row(string key, PropertyInfo property, object? value) => string.Join(
        " | ", $"| `{key}`", TypeOf(property), DefaultOf(value), BoundsOf(property), OptionEffects.Of(key),
        $"{Meaning(key, property)} |");

    private static string Meaning(string key, PropertyInfo property)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        string text = (type.IsEnum ? DefaultChoice() : Default()).Replace(XmlSummaries.Of(property), "").Trim();
        if (type.IsEnum)
        {
            IEnumerable<string> choices = Enum.GetNames(type)
                .Select(name => (Name: OptionNames.Of((Enum)Enum.Parse(type, name)), Means: XmlSummaries.Of(type, name)))
                .Where(choice => choice.Means.Length > 0)
                .Select(choice => $"`{choice.Name}`: {choice.Means}");
            text = string.Join(' ', choices.Prepend(text));
        }

        string link = more.TryGetValue(key, out string? page) ? $" [More]({page})." : "";
        return text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal) + link;
    }

    private static string TypeOf(PropertyInfo property)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        string unit = property.Name.EndsWith("Steps", StringComparison.Ordinal) ? " of steps"
            : property.Name.EndsWith("Bytes", StringComparison.Ordinal) ? " of bytes" : "";
        return OptionsSchema.IsPropertyTable(type) ? "properties by name"
            : OptionsSchema.ElementType(type) is { } element ? OptionsSchema.IsSection(element)
                ? "list of sections"
                : $"list of {Plural(NameOf(element))}"
            : NameOf(type) + unit;
    }

    private static string NameOf(Type type) =>
        type == typeof(string) ? "text"
        : type == typeof(bool) ? "true or false"
        : type == typeof(TimeSpan) ? "time span"
        : type == typeof(DateOnly) ? "date"
        : type == typeof(double) ? "number"
        : type.IsEnum ? "choice"
        : "whole number";

    private static string Plural(string name) => name == "text" ? "texts" : $"{name}s";

    private static string BoundsOf(PropertyInfo property)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type.IsEnum ? string.Join(", ", OptionNames.All(type).Select(Code))
            : property.GetCustomAttribute<RangeAttribute>() is { } range ? Between(range.Minimum, range.Maximum)
            : property.GetCustomAttribute<LengthAttribute>() is { } length
                ? $"{length.MinimumLength} to {Number(length.MaximumLength)} of them"
            : property.GetCustomAttribute<MinLengthAttribute>() is { Length: > 1 } least
                ? $"{least.Length} characters at least"
            : property.GetCustomAttribute<RequiredAttribute>() is not null ? "not empty"
            : None;
    }

    private static string Between(object least, object most) => most is int.MaxValue or >= (double)long.MaxValue
        ? $"from {Number(least)}"
        : $"{Number(least)} to {Number(most)}";

    private static string Number(object value) => value switch
    {
        int => string.Create(CultureInfo.InvariantCulture, $"{value:N0}"),
        double => string.Create(CultureInfo.InvariantCulture, $"{value:#,0.#########}"),
        _ => Plain(value),
    };

    private static string DefaultOf(object? value) => value switch
    {
        null or "" => None,
        string text when text == Environment.MachineName => "the host's name",
        string text => Code(text),
        bool flag => Code(flag ? "true" : "false"),
        Enum choice => Code(OptionNames.Of(choice)),
        TimeSpan span => Code(TrimFraction(span.ToString("c", CultureInfo.InvariantCulture))),
        IEnumerable list => list.Cast<object>().Any() ? Code(string.Join(", ", list.Cast<object>().Select(Plain))) : None,
        _ => Code(Plain(value)),
    };

    private static string Plain(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static string Code(string text) => $"`{text}`";

    /// <summary>A time span without the zeros that end its fraction.</summary>
    private static string TrimFraction(string span) => span.Length > 9 && span[^8] == '.' ? span.TrimEnd('0') : span;

    /// <summary>A sentence that tells the default and nothing else: the table has a column for that.</summary>
    [GeneratedRegex(@"\s*Default [^:;]*?\.(?=\s|$)")]
    private static partial Regex Default();

    /// <summary>Of a choice, also one that says what that is: the list of choices does.</summary>
    [GeneratedRegex(@"\s*Default (?!unset)[^.]*\.(?=\s|$)")]
    private static partial Regex DefaultChoice();
}
