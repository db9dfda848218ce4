using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Decoding.Schemas;

/// <summary>Asks a schema registry over HTTP, with the requests that Confluent's, Karapace and Apicurio
/// answer.</summary>
/// <remarks>Thread-safe. An answer takes 5 s and 1 MiB at most.</remarks>
internal sealed class SchemaRegistry : IDisposable
{
    /// <summary>References of a schema, theirs included, at most.</summary>
    private const int MaxReferences = 64;

    private const int MaxAnswerBytes = 1 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HttpClient client;
    private readonly string address;

    /// <param name="options">With a RegistryUrl.</param>
    /// <param name="handler">Sends requests; null for the network.</param>
    public SchemaRegistry(SchemaOptions options, HttpMessageHandler? handler = null)
    {
        address = options.RegistryUrl!.TrimEnd('/');
        client = new HttpClient(handler ?? new SocketsHttpHandler())
        {
            Timeout = Patience,
            MaxResponseContentBufferSize = MaxAnswerBytes,
        };
        if (options.RegistryUser is { } user)
        {
            byte[] credentials = Encoding.UTF8.GetBytes($"{user}:{options.RegistryPassword}");
            client.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(credentials));
        }

        client.DefaultRequestHeaders.Accept.Add(new("application/vnd.schemaregistry.v1+json"));
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
    }

    /// <summary>Fetches a schema and what it refers to.</summary>
    /// <returns>Null if the registry has no schema of the id.</returns>
    /// <exception cref="RegistryAwayException">It gives no answer, or one that says nothing about the
    /// schema.</exception>
    public SchemaText? Fetch(SchemaId id)
    {
        string path = id.Guid == Guid.Empty ? $"/schemas/ids/{id.Number}" : $"/schemas/guids/{id.Guid}";
        if (Get(path) is not { } schema)
        {
            return null;
        }

        var references = new List<KeyValuePair<string, string>>();
        AddReferences(schema, references, []);
        return new(TextOf(schema, "schemaType") ?? "AVRO", TextOf(schema, "schema") ?? "", references);
    }

    public void Dispose() => client.Dispose();

    /// <param name="schema">The answer that refers.</param>
    /// <param name="references">Gets what it refers to, what that refers to first.</param>
    /// <param name="visited">Names asked for already: references may go round in circles.</param>
    private void AddReferences(
        JsonElement schema, List<KeyValuePair<string, string>> references, HashSet<string> visited)
    {
        if (!schema.TryGetProperty("references", out JsonElement list) || list.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        foreach (JsonElement reference in list.EnumerateArray())
        {
            string name = TextOf(reference, "name") ?? "", subject = TextOf(reference, "subject") ?? "";
            if (reference.ValueKind != JsonValueKind.Object || visited.Count == MaxReferences || !visited.Add(name)
                || !reference.TryGetProperty("version", out JsonElement version)
                || Get($"/subjects/{Uri.EscapeDataString(subject)}/versions/{version}") is not { } referred)
            {
                continue; // what is missing shows when the schema is compiled
            }

            AddReferences(referred, references, visited);
            references.Add(new(name, TextOf(referred, "schema") ?? ""));
        }
    }

    /// <summary>The answer's document; null for "not found" and "no such thing".</summary>
    private JsonElement? Get(string path)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address + path);
            using HttpResponseMessage response = client.Send(request);
            bool mayBeUnknown = response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity;
            if (!mayBeUnknown)
            {
                response.EnsureSuccessStatusCode();
            }

            using Stream body = response.Content.ReadAsStream();
            using var document = JsonDocument.Parse(body);
            string member = mayBeUnknown ? "error_code" : "schema"; // else it is no registry that answers
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(member, out _)
                ? mayBeUnknown ? null : document.RootElement.Clone()
                : throw new JsonException($"HTTP {(int)response.StatusCode} without {member}");
        }
        catch (Exception e)
            when (e is HttpRequestException or JsonException or OperationCanceledException or IOException)
        {
            throw new RegistryAwayException($"the schema registry {address} gives no answer: {e.Message}", e);
        }
    }

    private static string? TextOf(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
