using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Decoding.Schemas;

/// <summary>Asks a schema registry over HTTP, with the requests that Confluent's, Karapace and Apicurio
/// answer.</summary>
/// <remarks>An answer takes 5 s and 1 MiB at most, a schema with all it refers to 15 s; what came in that time is not
/// asked for again at the next try. Not thread-safe.</remarks>
internal sealed class SchemaRegistry : IDisposable
{
    /// <summary>References of a schema, theirs included, at most.</summary>
    private const int MaxReferences = 64;

    private const int MaxAnswerBytes = 1 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(15);

    private readonly HttpClient client;
    private readonly string address;
    private readonly Dictionary<string, JsonElement?> answers = []; // of the schema that is being fetched
    private SchemaId fetching;

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
    /// <exception cref="SchemaException">An answer is over 1 MiB.</exception>
    public SchemaText? Fetch(SchemaId id)
    {
        if (id != fetching)
        {
            answers.Clear();
            fetching = id;
        }

        using var budget = new CancellationTokenSource(Budget);
        string path = id.Guid == Guid.Empty ? $"/schemas/ids/{id.Number}" : $"/schemas/guids/{id.Guid}";
        SchemaText? text = null;
        if (Get(path, budget.Token) is { } schema)
        {
            var references = new List<KeyValuePair<string, string>>();
            AddReferences(schema, references, [], budget.Token);
            text = new(TextOf(schema, "schemaType") ?? "AVRO", TextOf(schema, "schema") ?? "", references);
        }

        answers.Clear();
        return text;
    }

    /// <summary>Asks for nothing but an answer.</summary>
    /// <exception cref="RegistryAwayException">There is none, a refusal, or not a registry's.</exception>
    public void Probe()
    {
        using var budget = new CancellationTokenSource(Budget);
        try
        {
            using HttpResponseMessage response = Subjects(budget.Token);
            if (!response.IsSuccessStatusCode || !HasJson(response))
            {
                throw Away($"/subjects is answered by HTTP {(int)response.StatusCode}, "
                    + $"{response.Content.Headers.ContentType?.MediaType ?? "without a type"}");
            }
        }
        catch (Exception e)
            when (e is HttpRequestException or OperationCanceledException or IOException and not RegistryAwayException)
        {
            throw Away(e.Message, e);
        }
    }

    public void Dispose() => client.Dispose();

    /// <param name="schema">The answer that refers.</param>
    /// <param name="references">Gets what it refers to, what that refers to first.</param>
    /// <param name="visited">Names asked for already: references may go round in circles.</param>
    /// <param name="budget">Ends the asking.</param>
    private void AddReferences(
        JsonElement schema, List<KeyValuePair<string, string>> references, HashSet<string> visited,
        CancellationToken budget)
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
                || Get($"/subjects/{Uri.EscapeDataString(subject)}/versions/{version}", budget) is not { } referred)
            {
                continue; // what is missing shows when the schema is compiled
            }

            AddReferences(referred, references, visited, budget);
            references.Add(new(name, TextOf(referred, "schema") ?? ""));
        }
    }

    /// <summary>The answer's document; null for "not found" and "no such thing".</summary>
    private JsonElement? Get(string path, CancellationToken budget)
    {
        if (!answers.TryGetValue(path, out JsonElement? answer))
        {
            answers[path] = answer = Ask(path, budget);
        }

        return answer;
    }

    private JsonElement? Ask(string path, CancellationToken budget)
    {
        try
        {
            using HttpResponseMessage response = Send(path, budget);
            bool mayBeUnknown = response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity;
            if (!mayBeUnknown)
            {
                response.EnsureSuccessStatusCode();
            }

            JsonElement answer = Document(response);
            if (mayBeUnknown)
            {
                return IsOfRegistry(answer) ? null : NothingOf(path, budget);
            }

            return answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("schema", out _)
                ? answer
                : throw new JsonException("its answer holds no schema");
        }
        catch (HttpRequestException e) when (IsTooLarge(e) && IsJson(path, budget))
        {
            throw new SchemaException($"the registry's answer to {path} is over {MaxAnswerBytes} bytes", e);
        }
        catch (Exception e)
            when (e is HttpRequestException or JsonException or OperationCanceledException or IOException
                and not RegistryAwayException)
        {
            throw Away(e.Message, e);
        }
    }

    private HttpResponseMessage Send(
        string path, CancellationToken budget, HttpCompletionOption until = HttpCompletionOption.ResponseContentRead)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address + path);
        return client.Send(request, until, budget);
    }

    private RegistryAwayException Away(string reason, Exception? cause = null) =>
        new($"the schema registry {address} gives no answer: {reason}", cause!);

    /// <summary>Whether a refusal is one of a registry that has looked for the schema: 40403 and the like. A bare 404
    /// is also said of paths.</summary>
    private static bool IsOfRegistry(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("error_code", out JsonElement code)
        && code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out int number)
        && number is (> 40_400 and < 40_500) or (>= 42_200 and < 42_300);

    /// <summary>What "not found" means that does not say of what: nothing of that id where other paths answer as a
    /// registry's do.</summary>
    /// <exception cref="RegistryAwayException">The address is no registry's.</exception>
    private JsonElement? NothingOf(string path, CancellationToken budget)
    {
        using HttpResponseMessage response = Subjects(budget);
        return response.IsSuccessStatusCode && HasJson(response)
            ? null
            : throw Away($"{path} is not found there, and /subjects is answered by HTTP {(int)response.StatusCode}: is "
                + "that the address of a registry? Correct Input:Schema:RegistryUrl");
    }

    /// <summary>The head of an answer alone: the list may be long.</summary>
    private HttpResponseMessage Subjects(CancellationToken budget) =>
        Send("/subjects", budget, HttpCompletionOption.ResponseHeadersRead);

    private static bool IsTooLarge(HttpRequestException e) =>
        e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded;

    /// <summary>Whether a path has an answer, and not a page that says that there is none.</summary>
    private bool IsJson(string path, CancellationToken budget)
    {
        using HttpResponseMessage response = Send(path, budget, HttpCompletionOption.ResponseHeadersRead);
        return response.IsSuccessStatusCode && HasJson(response);
    }

    private static bool HasJson(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType?.Contains("json", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The JSON of an answer; undefined where it holds none.</summary>
    private static JsonElement Document(HttpResponseMessage response)
    {
        try
        {
            using Stream body = response.Content.ReadAsStream();
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static string? TextOf(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
