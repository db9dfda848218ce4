using System.Collections;
using System.Globalization;
using System.Reflection;

namespace Streaming.Daemon.Configuration;

/// <summary>A setting as it is in force.</summary>
/// <param name="Key">Path of the key.</param>
/// <param name="Value">Its value as an operator would write it; lists separated by commas.</param>
internal sealed record EffectiveSetting(string Key, string Value)
{
    /// <summary>Every setting that is in force, secrets masked; nullable ones that are unset are left out.</summary>
    public static IEnumerable<EffectiveSetting> All(ForecasterOptions options) => Of(EffectiveOptions.Of(options), "");

    private static IEnumerable<EffectiveSetting> Of(object section, string path)
    {
        foreach (PropertyInfo property in OptionsSchema.Settings(section.GetType()))
        {
            if (property.GetValue(section) is { } value)
            {
                foreach (EffectiveSetting setting in Of(property, value, OptionsSchema.Join(path, property.Name)))
                {
                    yield return setting;
                }
            }
        }
    }

    private static IEnumerable<EffectiveSetting> Of(PropertyInfo property, object value, string key) => value switch
    {
        IReadOnlyDictionary<string, string> table =>
            table.Select(pair => new EffectiveSetting(OptionsSchema.Join(key, pair.Key), pair.Value)),
        IEnumerable<object> sections when OptionsSchema.ElementType(property.PropertyType) is { } type
            && OptionsSchema.IsSection(type) => sections.SelectMany((section, i) => Of(section, $"{key}:{i}")),
        not string and IEnumerable list => [new(key, string.Join(", ", list.Cast<object>().Select(Text)))],
        _ when OptionsSchema.IsSection(property.PropertyType) => Of(value, key),
        _ => [new(key, Text(value))],
    };

    private static string Text(object value) => value switch
    {
        Enum choice => OptionNames.Of(choice),
        bool flag => flag ? "true" : "false",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
