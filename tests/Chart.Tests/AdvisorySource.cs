using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Chart.Tests;

/// <summary>A NuGet source on this machine that serves nothing but one advisory.</summary>
/// <remarks>Source: NuGet's server API, resource VulnerabilityInfo/6.7.0.</remarks>
internal sealed class AdvisorySource : IAsyncDisposable
{
    private readonly WebApplication server;
    private volatile bool wasAsked;

    private AdvisorySource(WebApplication server)
    {
        this.server = server;
    }

    /// <summary>The service index.</summary>
    public Uri Index => new($"{server.Urls.Single()}/index.json");

    /// <summary>Whether anybody has fetched the advisory.</summary>
    public bool WasAsked => wasAsked;

    /// <summary>Starts it on a free port.</summary>
    /// <param name="package">Name of the package.</param>
    /// <param name="version">The one version that is vulnerable.</param>
    /// <param name="severity">0 low, 1 moderate, 2 high, 3 critical.</param>
    public static async Task<AdvisorySource> StartAsync(string package, string version, int severity)
    {
        WebApplication server = WebApplication.CreateSlimBuilder().Build();
        server.Urls.Add("http://127.0.0.1:0");
        var source = new AdvisorySource(server);
        server.MapGet("/index.json", () => source.Json(
            """{ "version": "3.0.0", "resources": [{ "@id": "HERE/pages.json", "@type": "VulnerabilityInfo/6.7.0" }] }"""));
        server.MapGet("/pages.json", () => source.Json(
            """[{ "@name": "base", "@id": "HERE/base.json", "@updated": "2026-01-01T00:00:00Z" }]"""));
        server.MapGet("/base.json", () =>
        {
            source.wasAsked = true;
            return source.Json(
                $$"""
                { "{{package.ToLowerInvariant()}}": [
                  { "severity": {{severity}}, "url": "HERE/advisory", "versions": "[{{version}}]" }] }
                """);
        });
        await server.StartAsync();
        return source;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private IResult Json(string text) => Results.Text(text.Replace("HERE", server.Urls.Single()), "application/json");
}
