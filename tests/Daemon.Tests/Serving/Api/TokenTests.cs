using System.Net;
using System.Text.Json;
using Daemon.Tests.Configuration;
using Streaming.Daemon.Configuration;

namespace Daemon.Tests.Serving.Api;

public sealed class TokenTests : IDisposable
{
    private const string Read = "reader-0123456789", Write = "writer-0123456789";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("Bearer wrong", HttpStatusCode.Unauthorized)]
    [InlineData($"Bearer {Read}x", HttpStatusCode.Unauthorized)]
    [InlineData($"Basic {Read}", HttpStatusCode.Unauthorized)]
    [InlineData($"Bearer {Read}", HttpStatusCode.OK)]
    [InlineData($"bearer {Write}", HttpStatusCode.OK)]
    public async Task Read_ClosedByAToken_TakesThatOrTheOneForChanges(string? authorization, HttpStatusCode expected)
    {
        await using ApiBed bed = await StartAsync(new() { ReadToken = Read, WriteToken = Write });

        using HttpResponseMessage response = await SendAsync(bed, HttpMethod.Get, "/api/v1/status", authorization);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(expected == HttpStatusCode.Unauthorized, response.Headers.WwwAuthenticate.Count > 0);
    }

    [Theory]
    [InlineData("/live")]
    [InlineData("/metrics")]
    [InlineData("/openapi/v1.json")]
    public async Task Read_BesideTheApi_StaysOpen(string path)
    {
        await using ApiBed bed = await StartAsync(new() { ReadToken = Read });

        using HttpResponseMessage response = await bed.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Read_NoTokenConfigured_IsOpen()
    {
        await using ApiBed bed = await StartAsync(new());

        await bed.GetAsync("/api/v1/status");
    }

    [Theory]
    [InlineData(null, null, HttpStatusCode.Forbidden)]
    [InlineData(null, "Bearer anything-of-16-chars", HttpStatusCode.Forbidden)]
    [InlineData(Write, null, HttpStatusCode.Unauthorized)]
    [InlineData(Write, $"Bearer {Read}", HttpStatusCode.Unauthorized)]
    [InlineData(Write, $"Bearer {Write}", HttpStatusCode.NotFound)] // through: there is no such version
    public async Task Write_AlwaysTakesItsToken_AndIsOffWhereThereIsNone(
        string? token, string? authorization, HttpStatusCode expected)
    {
        await using ApiBed bed = await StartAsync(new() { ReadToken = Read, WriteToken = token });

        using HttpResponseMessage response = await SendAsync(
            bed, HttpMethod.Post, "/api/v1/models/99/promote", authorization);

        Assert.Equal(expected, response.StatusCode);
        JsonElement problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
    }

    [Fact]
    public async Task Token_FromAFile_CountsWithoutTheBlanksAroundIt()
    {
        string file = Path.Combine(folder.Path, "token");
        await File.WriteAllTextAsync(file, $"{Read}\n");
        await using ApiBed bed = await StartAsync(new() { ReadTokenFile = file });

        using HttpResponseMessage response = await SendAsync(bed, HttpMethod.Get, "/api/v1/status", $"Bearer {Read}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public void Token_Shown_IsMasked()
    {
        ForecasterOptions options = Sources.Options(("Http:ReadToken", Read), ("Http:WriteToken", Write));

        Assert.DoesNotContain(EffectiveSetting.All(options), setting => setting.Value.Contains("0123456789"));
        Assert.Equal(Read, options.Http.ReadToken);
    }

    [Fact]
    public async Task Answers_HaveSecurityHeaders()
    {
        await using ApiBed bed = await StartAsync(new());

        foreach (string path in new[] { "/api/v1/status", "/api/v1/none", "/live", "/openapi/v1.json" })
        {
            using HttpResponseMessage response = await bed.Http.GetAsync(path);
            Assert.StartsWith("default-src 'self'", response.Headers.GetValues("Content-Security-Policy").Single());
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.False(response.Headers.Contains("Server"));
        }
    }

    private static Task<ApiBed> StartAsync(HttpOptions http) =>
        ApiBed.StartAsync(with: options => options with { Http = http }, isLaneUp: true);

    private static async Task<HttpResponseMessage> SendAsync(
        ApiBed bed, HttpMethod method, string path, string? authorization)
    {
        using var request = new HttpRequestMessage(method, path);
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return await bed.Http.SendAsync(request);
    }
}
