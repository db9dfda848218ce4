using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Tests.Documentation;

/// <summary>A sketch of what types look like as JSON: each field with what it holds.</summary>
internal sealed class JsonShape
{
    private readonly JsonSerializerOptions format;

    /// <param name="format">How they are written.</param>
    public JsonShape(JsonSerializerOptions format) =>
        this.format = new(format) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    public IEnumerable<string> Lines(Type type) => Of(type, "").Split('\n');

    private string Of(Type nullable, string indent)
    {
        Type type = Nullable.GetUnderlyingType(nullable) ?? nullable;
        return type switch
        {
            _ when type == typeof(ForecasterOptions) || type == typeof(SeriesOptions) => "{ as in a configuration file }",
            _ when type == typeof(string) || type == typeof(TimeSpan) => "text",
            _ when type == typeof(DateTime) => "time",
            _ when type == typeof(DateOnly) => "date",
            _ when type == typeof(bool) => "true or false",
            { IsEnum: true } => string.Join(
                " or ", Enum.GetValues(type).Cast<object>().Select(one => JsonSerializer.Serialize(one, type, format))),
            { IsPrimitive: true } => "number",
            _ => Structure(type, indent),
        };
    }

    private string Structure(Type type, string indent)
    {
        JsonTypeInfo info = format.GetTypeInfo(type);
        string inner = indent + "  ";
        return info.Kind switch
        {
            JsonTypeInfoKind.Enumerable => $"[{Of(info.ElementType!, indent)}, …]",
            JsonTypeInfoKind.Dictionary => $"{{ name: {Of(info.ElementType!, indent)}, … }}",
            _ => "{\n" + string.Join(
                ",\n", info.Properties.Where(one => one.Get is not null)
                    .Select(one => $"{inner}\"{one.Name}\": {Of(one.PropertyType, inner)}")) + $"\n{indent}}}",
        };
    }
}
