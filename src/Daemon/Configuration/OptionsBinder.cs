using System.Collections;
using System.Globalization;
using System.Reflection;

namespace Streaming.Daemon.Configuration;

/// <summary>Fills option records from layers of configuration and collects what it can't use.</summary>
/// <param name="errors">Gets unknown keys and values that do not parse; such a setting keeps its default.</param>
internal sealed class OptionsBinder(List<ConfigurationError> errors)
{
    private static readonly StringComparer IgnoreCase = StringComparer.OrdinalIgnoreCase;

    /// <typeparam name="T">The record to fill.</typeparam>
    /// <param name="layers">Sources, lowest precedence first.</param>
    public T Bind<T>(IReadOnlyList<ConfigurationLayer> layers)
        where T : new() => (T)BindSection(typeof(T), layers, "");

    /// <summary>The librdkafka property that a key names.</summary>
    /// <remarks>Its dots can't stand in a shell variable's name: SASL_PASSWORD stands for sasl.password.</remarks>
    public static string PropertyName(string name) => name.Replace('_', '.').ToLowerInvariant();

    private object BindSection(Type type, IReadOnlyList<ConfigurationLayer> layers, string path)
    {
        object section = Activator.CreateInstance(type)!;
        var properties = OptionsSchema.Settings(type).ToDictionary(p => p.Name, IgnoreCase);
        if (path.Length > 0 && layers.LastOrDefault(layer => layer.Value(path) is { Length: > 0 }) is { } scalar)
        {
            errors.Add(new(path, $"expects a section, not the value {scalar.Shown(scalar.Value(path))}{From(scalar)}"));
        }

        foreach (string name in ChildNames(layers, path))
        {
            string key = OptionsSchema.Join(path, name);
            if (properties.TryGetValue(name, out PropertyInfo? property))
            {
                key = OptionsSchema.Join(path, property.Name);
                if (BindValue(property.PropertyType, layers, key) is { } value)
                {
                    property.SetValue(section, value);
                }
            }
            else if (path.Length > 0 || !OptionsSchema.HostSections.Contains(name, IgnoreCase))
            {
                ConfigurationLayer source = layers.Last(layer => layer.Children(path).Contains(name, IgnoreCase));
                errors.Add(new(key, Unknown(name, path, properties.Keys) + From(source)));
            }
        }

        return section;
    }

    /// <returns>The value; null keeps the default.</returns>
    private object? BindValue(Type type, IReadOnlyList<ConfigurationLayer> layers, string key)
    {
        if (OptionsSchema.IsSection(type))
        {
            return BindSection(type, layers, key);
        }

        if (OptionsSchema.IsPropertyTable(type))
        {
            return BindPropertyTable(layers, key);
        }

        if (layers.LastOrDefault(layer => layer.Has(key)) is not { } top)
        {
            return null;
        }

        return OptionsSchema.ElementType(type) is { } element
            ? BindList(element, top, key)
            : BindScalar(type, top, key);
    }

    private object? BindScalar(Type type, ConfigurationLayer layer, string key)
    {
        if (layer.Value(key) is not { } text)
        {
            errors.Add(new(key, $"expects {ValueParser.Expected(type)}, not a section{From(layer)}"));
            return null;
        }

        if (ValueParser.TryParse(type, text, out object? value))
        {
            return value;
        }

        errors.Add(new(key, $"{layer.Shown(text)} is not {ValueParser.Expected(type)}{From(layer)}"));
        return null;
    }

    /// <remarks>A list of plain values may also be one text, separated by commas: handy in a variable.</remarks>
    private IList BindList(Type element, ConfigurationLayer layer, string key)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
        ConfigurationLayer source = layer;
        if (layer.Value(key) is { Length: > 0 } text)
        {
            IConfiguration parts = ConfigurationLayers.FromPairs(text
                .Split(',', StringSplitOptions.TrimEntries)
                .Select((part, i) => KeyValuePair.Create<string, string?>($"{key}:{i}", part)));
            source = layer with { Values = parts };
        }

        foreach (string index in source.Children(key))
        {
            string itemKey = OptionsSchema.Join(key, index);
            if (!int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                errors.Add(new(itemKey, $"a list is numbered from 0, '{index}' is no number{From(layer)}"));
            }
            else if (!source.Has(itemKey))
            {
                errors.Add(new(itemKey, $"an entry of a list must not be empty{From(layer)}"));
            }
            else if (BindValue(element, [source], itemKey) is { } item)
            {
                list.Add(item);
            }
        }

        return list;
    }

    /// <remarks>Properties are merged over the layers.</remarks>
    private Dictionary<string, string> BindPropertyTable(IReadOnlyList<ConfigurationLayer> layers, string key)
    {
        var table = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (ConfigurationLayer layer in layers)
        {
            if (layer.Value(key) is { Length: > 0 })
            {
                // The text is not repeated: it may hold a password.
                errors.Add(new(key, $"expects a section of Kafka properties, not a value{From(layer)}"));
            }

            foreach (string name in layer.Children(key))
            {
                string itemKey = OptionsSchema.Join(key, name);
                if (layer.Value(itemKey) is { } text)
                {
                    table[PropertyName(name)] = text;
                }
                else if (layer.Has(itemKey))
                {
                    errors.Add(new(itemKey, $"expects text, not a section{From(layer)}"));
                }
            }
        }

        return table;
    }

    private static IEnumerable<string> ChildNames(IReadOnlyList<ConfigurationLayer> layers, string path) =>
        layers.SelectMany(layer => layer.Children(path)).Distinct(IgnoreCase);

    private static string Unknown(string name, string path, IEnumerable<string> siblings)
    {
        string? nearest = NearestName.Find(name, siblings) is { } sibling
            ? OptionsSchema.Join(path, sibling)
            : NearestName.FindPath(name, OptionsSchema.AllPaths(typeof(ForecasterOptions)));
        return nearest is null ? "unknown key" : $"unknown key; did you mean {nearest}?";
    }

    private static string From(ConfigurationLayer layer) => $" (from {layer.Name})";
}
