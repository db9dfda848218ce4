using System.Text.Json;
using Microsoft.OpenApi;

namespace Daemon.Tests.Serving.Api;

/// <summary>Whether JSON is what a schema of an OpenAPI document says: types, properties and items.</summary>
internal static class SchemaCheck
{
    /// <summary>What is wrong, by path; nothing where all is well. Properties that the schema does not know are wrong,
    /// too.</summary>
    public static IEnumerable<string> Errors(IOpenApiSchema schema, JsonElement json, string path = "$")
    {
        if (schema.OneOf is { Count: > 0 } choices)
        {
            return choices.Any(choice => !Errors(choice, json, path).Any()) ? [] : [$"{path}: none of its schemas"];
        }

        if (schema.Type is { } type && (type & TypeOf(json)) == 0
            && !(type.HasFlag(JsonSchemaType.Number) && TypeOf(json) == JsonSchemaType.Integer))
        {
            return [$"{path}: {json.ValueKind} in place of {type}"];
        }

        return json.ValueKind switch
        {
            JsonValueKind.Array when schema.Items is { } items =>
                json.EnumerateArray().SelectMany((item, i) => Errors(items, item, $"{path}[{i}]")),
            JsonValueKind.Object => OfObject(schema, json, path),
            _ => [],
        };
    }

    private static IEnumerable<string> OfObject(IOpenApiSchema schema, JsonElement json, string path)
    {
        foreach (string name in schema.Required ?? new HashSet<string>())
        {
            if (!json.TryGetProperty(name, out _))
            {
                yield return $"{path}.{name} is missing";
            }
        }

        foreach (JsonProperty property in json.EnumerateObject())
        {
            IOpenApiSchema? of = schema.Properties?.TryGetValue(property.Name, out IOpenApiSchema? known) is true
                ? known
                : schema.AdditionalProperties;
            foreach (string error in of is null
                ? [$"{path}.{property.Name} is not in the schema"]
                : Errors(of, property.Value, $"{path}.{property.Name}"))
            {
                yield return error;
            }
        }
    }

    private static JsonSchemaType TypeOf(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null => JsonSchemaType.Null,
        JsonValueKind.True or JsonValueKind.False => JsonSchemaType.Boolean,
        JsonValueKind.String => JsonSchemaType.String,
        JsonValueKind.Number => json.TryGetInt64(out _) ? JsonSchemaType.Integer : JsonSchemaType.Number,
        JsonValueKind.Array => JsonSchemaType.Array,
        _ => JsonSchemaType.Object,
    };
}
