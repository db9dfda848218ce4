using System.Net;
using System.Text.Json;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace Daemon.Tests.Serving.Api;

/// <summary>The document describes what the endpoints do: it is valid, and every one answers as it says.</summary>
public sealed class OpenApiTests
{
    private const string Token = "writer-0123456789";

    private static readonly (string Operation, string Method, string Path, HttpStatusCode Status)[] Requests =
    [
        ("getStatus", "GET", "/api/v1/status", HttpStatusCode.OK),
        ("listTasks", "GET", "/api/v1/tasks", HttpStatusCode.OK),
        ("listSeries", "GET", "/api/v1/series?search=e&sort=id&size=2", HttpStatusCode.OK),
        ("listSeries", "GET", "/api/v1/series?size=0", HttpStatusCode.BadRequest),
        ("getSeries", "GET", "/api/v1/series/e0", HttpStatusCode.OK),
        ("getSeries", "GET", "/api/v1/series/none", HttpStatusCode.NotFound),
        ("getForecast", "GET", "/api/v1/series/e0/forecast", HttpStatusCode.OK),
        ("getForecast", "GET", "/api/v1/series/e0/forecast?horizon=2", HttpStatusCode.BadRequest),
        ("getForecast", "GET", "/api/v1/series/none/forecast", HttpStatusCode.NotFound),
        ("listModels", "GET", "/api/v1/models", HttpStatusCode.OK),
        ("promoteModel", "POST", "/api/v1/models/9/promote", HttpStatusCode.NotFound),
        ("rollBackModel", "POST", "/api/v1/models/rollback", HttpStatusCode.NotFound),
        ("watchForecasts", "GET", "/api/v1/events?series=e0", HttpStatusCode.OK),
        ("getLive", "GET", "/live", HttpStatusCode.OK),
        ("getReady", "GET", "/ready", HttpStatusCode.OK),
    ];

    [Fact]
    public async Task Document_Read_IsValidAndHasEveryEndpoint()
    {
        await using ApiBed bed = await ApiBed.StartAsync();
        ReadResult read = OpenApiDocument.Parse(await bed.Http.GetStringAsync("/openapi/v1.json"), "json");

        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.Equal(
            Requests.Select(request => request.Operation).Distinct().Order(),
            Operations(read.Document!).Select(operation => operation.OperationId).Order());
        Assert.All(Operations(read.Document!), operation => Assert.NotEmpty(operation.Summary!));
    }

    [Fact]
    public async Task Endpoints_Asked_AnswerAsTheDocumentSays()
    {
        await using ApiBed bed = await ApiBed.StartAsync(
            with: options => options with { Http = options.Http with { WriteToken = Token } });
        OpenApiDocument document =
            OpenApiDocument.Parse(await bed.Http.GetStringAsync("/openapi/v1.json"), "json").Document!;
        Dictionary<string, OpenApiOperation> operations =
            Operations(document).ToDictionary(operation => operation.OperationId!);
        foreach ((string operation, string method, string path, HttpStatusCode status) in Requests)
        {
            using var request = new HttpRequestMessage(new(method), path);
            request.Headers.Authorization = new("Bearer", Token);
            using HttpResponseMessage response =
                await bed.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

            Assert.True(response.StatusCode == status, $"{path}: {response.StatusCode}");
            Assert.True(
                operations[operation].Responses!.TryGetValue(((int)status).ToString(null, null), out var described),
                $"{path}: {status} is not described");
            string type = response.Content.Headers.ContentType!.MediaType!;
            Assert.True(described!.Content!.TryGetValue(type, out OpenApiMediaType? body), $"{path}: {type}");
            if (type.EndsWith("json", StringComparison.Ordinal))
            {
                JsonElement json = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
                string[] errors = [.. SchemaCheck.Errors(body!.Schema!, json)];
                Assert.True(errors.Length == 0, $"{path}: {string.Join("; ", errors.Take(5))}");
            }
        }
    }

    private static IEnumerable<OpenApiOperation> Operations(OpenApiDocument document) =>
        document.Paths.Values.SelectMany(path => path.Operations!.Values);
}
