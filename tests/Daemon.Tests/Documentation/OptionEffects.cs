using System.Globalization;
using System.Reflection;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Pipeline;
using Streaming.Daemon.State;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Tests.Documentation;

/// <summary>What a change of an option does to stored state: tried on the era that the state is stored under.</summary>
internal static class OptionEffects
{
    /// <summary>Values that no rule gives: they must be read as something else than the default.</summary>
    private static readonly Dictionary<string, object> others = new()
    {
        ["Series:Step"] = "00:02:00",
        ["Series:TimeZone"] = "Europe/Berlin",
        ["Input:Covariates"] = new[] { "temperature" },
        ["Output:Quantiles"] = new[] { 0.1, 0.9 },
        ["Model:Horizons"] = new[] { 1, 2 },
        ["Model:Features"] = new[] { "default", "mean:12" },
    };

    /// <summary>Options of a series that its state is made of, those of the grid and of the window; and its group.</summary>
    private static readonly string[] cold =
    [
        "Series:Step", "Series:Kind", "Series:Aggregate", "Series:TimeZone", "Series:Season", "Series:SeasonSteps",
        "Series:Profile", "Series:WindowSteps", "Groups",
    ];

    /// <summary>What names the log, and what is kept of it.</summary>
    private static readonly string[] anew = ["Application", "Input:Topic", "Input:Repartition"];

    /// <summary>One word for each option, as the page explains them.</summary>
    public static string Of(string key)
    {
        if (anew.Contains(key))
        {
            return "anew";
        }

        var options = new ForecasterOptions();
        ForecasterOptions changed = (ForecasterOptions)With(options, key.Split(':'), key);
        Era before = EraOf(options), after = EraOf(changed);
        return before.Structure != after.Structure ? "reset"
            : cold.Contains(key) ? "cold"
            : before.Configuration != after.Configuration ? "migrates"
            : "free";
    }

    private static Era EraOf(ForecasterOptions options)
    {
        ForecasterSettings settings = PipelineServices.SettingsOf(options);
        return Eras.Of(options, settings, settings.ShapeOf(options.Model.Hidden, options.Model.Layers));
    }

    /// <summary>A copy of a section in which one option has another value.</summary>
    private static object With(object section, ReadOnlySpan<string> path, string key)
    {
        object copy = section.GetType().GetMethod("<Clone>$")!.Invoke(section, null)!;
        PropertyInfo property = section.GetType().GetProperty(path[0])!;
        object? value = property.GetValue(section);
        property.SetValue(copy, path.Length > 1 ? With(value!, path[1..], key) : Other(property.PropertyType, value, key));
        return copy;
    }

    private static object Other(Type declared, object? value, string key)
    {
        Type type = Nullable.GetUnderlyingType(declared) ?? declared;
        return others.TryGetValue(key, out object? other) ? other
            : type == typeof(string) ? $"{value}x"
            : type == typeof(bool) ? !(bool)value!
            : type == typeof(TimeSpan) ? ((TimeSpan?)value ?? TimeSpan.FromDays(2)) + TimeSpan.FromSeconds(1)
            : type.IsEnum ? Enum.GetValues(type).Cast<object>().First(one => !one.Equals(value))
            : OptionsSchema.IsPropertyTable(type) ? new Dictionary<string, string> { ["x"] = "y" }
            : OptionsSchema.ElementType(type) is { } element ? ListOf(element)
            : Convert.ChangeType(Convert.ToDouble(value ?? 6, CultureInfo.InvariantCulture) + 1, type, CultureInfo.InvariantCulture);
    }

    private static Array ListOf(Type element)
    {
        var list = Array.CreateInstance(element, 1);
        list.SetValue(element == typeof(string) ? "x" : Activator.CreateInstance(element), 0);
        return list;
    }
}
