using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Streaming.Daemon.Serving;

namespace Daemon.Tests.Serving;

/// <summary>The endpoints on a real Kestrel.</summary>
public sealed class EndpointsTests : IAsyncLifetime, IDisposable
{
    private readonly FakeTimeProvider clock = new();
    private readonly WebApplication app;
    private readonly HttpClient http = new();
    private readonly HealthState health;

    public EndpointsTests()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddServing().AddSingleton<TimeProvider>(clock);
        app = builder.Build();
        app.MapForecasterEndpoints();
        health = app.Services.GetRequiredService<HealthState>();
    }

    public async Task InitializeAsync()
    {
        await app.StartAsync();
        http.BaseAddress = new(app.Urls.Single());
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    public void Dispose() => http.Dispose();

    [Fact]
    public async Task Live_LoopStandsStill_Turns503AndBack()
    {
        LaneHealth lane = health.Lane(0);
        lane.Running();
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/live")).StatusCode);

        clock.Advance(TimeSpan.FromSeconds(61));
        using HttpResponseMessage stalled = await http.GetAsync("/live");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, stalled.StatusCode);
        Assert.Equal(["lane 0: its loop has not turned for 61 s"], await ReasonsAsync(stalled));

        lane.Beat();
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/live")).StatusCode);
    }

    [Fact]
    public async Task Ready_LanesOnTheirWay_ListsReasonsPerLane()
    {
        health.Lane(0).Restoring(3);
        health.Lane(1).Waiting("no broker answers: b:9092");
        health.Lane(2).Running();

        using HttpResponseMessage early = await http.GetAsync("/ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, early.StatusCode);
        Assert.Equal("application/json", early.Content.Headers.ContentType!.MediaType);
        Assert.Equal(
            ["lane 0: restoring partition 3", "lane 1: no broker answers: b:9092"], await ReasonsAsync(early));
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/live")).StatusCode);

        health.Lane(0).Running();
        health.Lane(1).Running();
        using HttpResponseMessage late = await http.GetAsync("/ready");
        Assert.Equal(HttpStatusCode.OK, late.StatusCode);
        using JsonDocument body = JsonDocument.Parse(await late.Content.ReadAsStringAsync());
        Assert.Equal(
            ["running", "running", "running"],
            body.RootElement.GetProperty("lanes").EnumerateArray().Select(l => l.GetProperty("state").GetString()!));
    }

    [Fact]
    public async Task Metrics_Scraped_AreThoseOfTheRegistry()
    {
        app.Services.GetRequiredService<ForecasterMetrics>().LateRecords.Inc(42);

        using HttpResponseMessage response = await http.GetAsync("/metrics");
        string text = await response.Content.ReadAsStringAsync();

        Assert.Equal("text/plain", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("\nforecaster_late_records_total 42\n", text, StringComparison.Ordinal);
        Assert.All(
            MetricTable.All,
            metric => Assert.Contains($"# TYPE {metric.Name} ", text, StringComparison.Ordinal));
    }

    private static async Task<string[]> ReasonsAsync(HttpResponseMessage response)
    {
        using JsonDocument body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return [.. body.RootElement.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()!)];
    }
}
