using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Streaming.Daemon.Serving;
using Streaming.Daemon.Serving.Dashboard;

namespace Daemon.Tests.Serving.Dashboard;

public sealed partial class DashboardEndpointsTests : IAsyncLifetime, IDisposable
{
    private readonly WebApplication app;
    private readonly HttpClient http = new(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None });

    public DashboardEndpointsTests()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.UseSecurityHeaders();
        app.MapDashboard();
    }

    public async Task InitializeAsync()
    {
        await app.StartAsync();
        http.BaseAddress = new(app.Urls.Single());
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    public void Dispose() => http.Dispose();

    [Fact]
    public async Task Page_AllThatItLoads_IsServedFromHere()
    {
        string page = await http.GetStringAsync("/");
        var names = new Queue<string>(Loaded().Matches(page).Select(match => match.Groups[1].Value));
        var seen = new HashSet<string>();
        while (names.TryDequeue(out string? name))
        {
            if (!seen.Add(name))
            {
                continue;
            }

            string text = await http.GetStringAsync($"/dashboard/{name}");
            foreach (Match import in Imported().Matches(name == "chart.js" ? "" : text))
            {
                names.Enqueue(import.Groups[1].Value);
            }
        }

        Assert.Equal(DashboardFiles.ByName.Keys.Where(name => name != "index.html").Order(), seen.Order());
        Assert.DoesNotContain("://", Namespace().Replace(page, ""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip, deflate, br;q=0.5", "br")]
    [InlineData("gzip, br;q=0", "gzip")]
    [InlineData("identity", "")]
    public async Task File_EachEncoding_IsTheSameFileWithAValidatorOfItsOwn(string accepted, string encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/dashboard/chart.js");
        request.Headers.Add("Accept-Encoding", accepted);
        using HttpResponseMessage answer = await http.SendAsync(request);
        Stream body = await answer.Content.ReadAsStreamAsync();
        using Stream plain = encoding switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            _ => body,
        };
        using var reader = new StreamReader(plain);

        Assert.Equal(await http.GetStringAsync("/dashboard/chart.js"), await reader.ReadToEndAsync());
        Assert.Equal(encoding, string.Concat(answer.Content.Headers.ContentEncoding));
        Assert.Equal("Accept-Encoding", answer.Headers.Vary.Single());
        Assert.Equal(encoding.Length > 0, answer.Headers.ETag!.Tag.Contains('-', StringComparison.Ordinal));

        using var again = new HttpRequestMessage(HttpMethod.Get, "/dashboard/chart.js");
        again.Headers.Add("Accept-Encoding", accepted);
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag);
        using HttpResponseMessage unchanged = await http.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Equal(answer.Headers.ETag, unchanged.Headers.ETag);
    }

    [Fact]
    public async Task Page_Policy_AllowsThisOriginAndNothingInline()
    {
        using HttpResponseMessage answer = await http.GetAsync("/");
        string policy = answer.Headers.GetValues("Content-Security-Policy").Single();

        Assert.StartsWith("default-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("*", policy, StringComparison.Ordinal);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Head_IsLikeGetWithoutABody()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/");
        using HttpResponseMessage answer = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((await http.GetByteArrayAsync("/")).Length, answer.Content.Headers.ContentLength);
    }

    [Theory]
    [InlineData("/dashboard/nothing.js", HttpStatusCode.NotFound)]
    [InlineData("/dashboard/..%2Fappsettings.json", HttpStatusCode.NotFound)]
    [InlineData("/dashboard/", HttpStatusCode.NotFound)]
    public async Task OtherFiles_AreNotThere(string path, HttpStatusCode expected)
    {
        using HttpResponseMessage answer = await http.GetAsync(path);

        Assert.Equal(expected, answer.StatusCode);
    }

    [GeneratedRegex("(?:src|href)=\"dashboard/([^\"]+)\"")]
    private static partial Regex Loaded();

    [GeneratedRegex("from \"\\./([^\"]+)\"")]
    private static partial Regex Imported();

    [GeneratedRegex("xmlns=\"[^\"]+\"")]
    private static partial Regex Namespace();
}
