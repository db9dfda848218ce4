using System.Net;
using System.Text;
using System.Text.Json;

namespace Streaming.Daemon.Tests.Decoding.Schemas;

/// <summary>A schema registry that answers by a table of paths; what is not in it gets its "not found".</summary>
internal sealed class RegistryStub : HttpMessageHandler
{
    public Dictionary<string, string> Answers { get; } = [];

    /// <summary>Paths asked for, and the credentials given.</summary>
    public List<(string Path, string? Authorization)> Requests { get; } = [];

    /// <summary>What goes wrong instead of an answer; nothing where it gives null.</summary>
    public Func<HttpResponseMessage?>? Fault { get; set; }

    /// <summary>What is said of paths without an answer, with status 404.</summary>
    public string NotFound { get; set; } = """{"error_code":40403,"message":"Schema not found"}""";

    public static string Schema(string text, string? type = null, params (string Name, string Subject)[] references) =>
        JsonSerializer.Serialize(new
        {
            schema = text,
            schemaType = type,
            references = references.Select(r => new { name = r.Name, subject = r.Subject, version = 3 }),
        });

    public static HttpResponseMessage Answer(HttpStatusCode status, string body) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string path = request.RequestUri!.AbsolutePath;
        Requests.Add((path, request.Headers.Authorization?.ToString()));
        return Fault?.Invoke() is { } fault ? fault
            : Answers.TryGetValue(path, out string? answer) ? Answer(HttpStatusCode.OK, answer)
            : Answer(HttpStatusCode.NotFound, NotFound);
    }

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(Send(request, cancellationToken));
}
