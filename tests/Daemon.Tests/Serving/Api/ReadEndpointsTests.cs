using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Daemon.Tests.Pipeline;
using Streaming.Daemon.Pipeline.Questions;

namespace Daemon.Tests.Serving.Api;

public sealed class ReadEndpointsTests
{
    [Fact]
    public async Task Status_RunningDaemon_TellsWhatItDoes()
    {
        await using ApiBed bed = await ApiBed.StartAsync();

        JsonElement status = await bed.GetAsync("/api/v1/status");

        Assert.Equal("forecaster", status.GetProperty("application").GetString());
        Assert.Equal(5, status.GetProperty("seriesActive").GetInt32());
        Assert.True(status.GetProperty("ready").GetBoolean());
        Assert.Equal("running", status.GetProperty("lanes")[0].GetProperty("state").GetString());
        Assert.Equal(1, status.GetProperty("accuracy")[0].GetProperty("horizon").GetInt32());
        Assert.InRange(status.GetProperty("coverage").GetDouble(), 0.01, 1);
        Assert.Equal("off", status.GetProperty("training").GetProperty("mode").GetString());
    }

    [Fact]
    public async Task Tasks_RunningDaemon_TellsHowFarEachPartitionIs()
    {
        await using ApiBed bed = await ApiBed.StartAsync();

        JsonElement task;
        do
        {
            task = (await bed.GetAsync("/api/v1/tasks")).GetProperty("items")[0];
        }
        while (task.GetProperty("coldSeries").GetInt32() > 0); // those are counted from time to time

        Assert.Equal("running", task.GetProperty("state").GetString());
        Assert.Equal((600, 600, 5, 0), (
            task.GetProperty("nextOffset").GetInt32(), task.GetProperty("endOffset").GetInt32(),
            task.GetProperty("series").GetInt32(), task.GetProperty("coldSeries").GetInt32()));
        Assert.Equal(Environment.MachineName, task.GetProperty("owner").GetProperty("clientId").GetString());
    }

    [Fact]
    public async Task Series_PagesInAnyOrder_HaveEachSeriesOnce()
    {
        await using ApiBed bed = await ApiBed.StartAsync();

        foreach (string sort in new[] { "worst", "anomaly", "id" })
        {
            var ids = new List<string>();
            var ratios = new List<double>();
            for (string? page = "0"; page is not null;)
            {
                JsonElement list = await bed.GetAsync($"/api/v1/series?sort={sort}&size=2&page={page}");
                Assert.Equal(5, list.GetProperty("total").GetInt32());
                ids.AddRange(list.GetProperty("items").EnumerateArray().Select(s => s.GetProperty("id").GetString()!));
                ratios.AddRange(list.GetProperty("items").EnumerateArray()
                    .Select(s => s.GetProperty("errorRatio").GetDouble()));
                page = list.GetProperty("next").GetString();
            }

            Assert.Equal(["e0", "e1", "e2", "e3", "e4"], ids.Order());
            if (sort == "worst")
            {
                Assert.Equal(ratios.OrderDescending(), ratios);
            }
        }
    }

    [Fact]
    public async Task Series_Search_FindsWithinTheIdWhateverItsCase()
    {
        await using ApiBed bed = await ApiBed.StartAsync();

        Assert.Equal(1, (await bed.GetAsync("/api/v1/series?search=E3")).GetProperty("total").GetInt32());
        Assert.Equal(0, (await bed.GetAsync("/api/v1/series?search=none")).GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("size=0")]
    [InlineData("size=501")]
    [InlineData("size=x")]
    [InlineData("page=-1")]
    [InlineData("page=99999999999")]
    [InlineData("sort=best")]
    [InlineData("sort=1")]
    [InlineData("sort=")]
    public async Task Series_BadQuery_Is400(string query)
    {
        await using ApiBed bed = await ApiBed.StartAsync(isLaneUp: false);

        await bed.ProblemAsync(HttpStatusCode.BadRequest, $"/api/v1/series?{query}");
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("cpu{host=a,p=%2F}")]
    [InlineData("päl 100% ✓ ?#&=+")]
    public async Task Series_AnyId_IsFoundByItsPercentEncodedPath(string id)
    {
        var broker = new MemoryBroker(1);
        for (int i = 0; i < 3; i++)
        {
            broker.AddEvent(0, id, Pod.Start.AddMinutes(i), i);
        }

        await using ApiBed bed = await ApiBed.StartAsync(broker);

        JsonElement series = await bed.GetAsync($"/api/v1/series/{Uri.EscapeDataString(id)}");

        Assert.Equal(id, series.GetProperty("id").GetString());
        Assert.Equal("cold", series.GetProperty("status").GetString());
        Assert.Equal("2 of 48 steps", series.GetProperty("reason").GetString());
    }

    /// <summary>What stands in the request line where the id should be is not what the server has routed by.</summary>
    [Theory]
    [InlineData("/api/v1/series/e0/../e1")]
    [InlineData("/api/v1/series/e0/%2e%2E/e1")]
    [InlineData("/api/v1/./series/e1")]
    [InlineData("/../api/v1/series/e1/forecast")]
    [InlineData("/api/v1/series/./forecast")]
    [InlineData("http://localhost/api/v1/series/e1")]
    [InlineData("http://localhost/api%2Fv1%2Fseries%2Fe1")]
    [InlineData("http://localhost/api/v1/series%2Fe1%2Fforecast")]
    public async Task Series_RequestLineHasAnotherPath_Is400(string target)
    {
        await using ApiBed bed = await ApiBed.StartAsync();

        Assert.StartsWith("HTTP/1.1 400", await bed.GetRawAsync(target), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneSeries_Warm_HasEverything()
    {
        await using ApiBed bed = await ApiBed.StartAsync();

        JsonElement series = await bed.GetAsync("/api/v1/series/e0");

        Assert.Equal("warm", series.GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.Null, series.GetProperty("reason").ValueKind);
        JsonElement history = series.GetProperty("history"), fan = series.GetProperty("fan");
        int[] lengths = [.. history.EnumerateObject().Select(array => array.Value.GetArrayLength())];
        Assert.All(lengths, length => Assert.Equal(120, length));
        Assert.Equal([1, 3], fan.GetProperty("horizons").EnumerateArray().Select(h => h.GetInt32()));
        Assert.Equal(JsonValueKind.Null, fan.GetProperty("times").ValueKind); // each record is a step
        Assert.Equal(2, fan.GetProperty("quantiles").GetProperty("0.95").GetArrayLength());
        Assert.NotEmpty(series.GetProperty("experts").EnumerateObject());
        Assert.NotEmpty(series.GetProperty("errors").EnumerateArray());
    }

    [Fact]
    public async Task Forecast_OneHorizon_IsTheOnePublishedLast()
    {
        MemoryBroker broker = ApiBed.Streams();
        await using ApiBed bed = await ApiBed.StartAsync(broker);

        JsonElement forecast = (await bed.GetAsync("/api/v1/series/e2/forecast?horizon=3")).GetProperty("forecast");

        JsonElement published = JsonDocument.Parse(broker.Forecasts.Last(
            m => Encoding.UTF8.GetString(m.Key!) == "e2").Text).RootElement;
        double expected = published.GetProperty("yhat")[1].GetDouble();
        Assert.Equal(3, forecast.GetProperty("horizons")[0].GetInt32());
        Assert.Equal(expected, forecast.GetProperty("yhat")[0].GetDouble(), 1e-5);
        await bed.ProblemAsync(HttpStatusCode.BadRequest, "/api/v1/series/e2/forecast?horizon=2");
    }

    [Theory]
    [InlineData("/api/v1/series/none")]
    [InlineData("/api/v1/series/none/forecast")]
    [InlineData("/api/v1/none")]
    [InlineData("/api/none")]
    public async Task Anything_ThatIsNotThere_Is404(string path)
    {
        await using ApiBed bed = await ApiBed.StartAsync();

        await bed.ProblemAsync(HttpStatusCode.NotFound, path);
    }

    [Fact]
    public async Task Get_KnownTag_Is304()
    {
        await using ApiBed bed = await ApiBed.StartAsync();
        using HttpResponseMessage first = await bed.Http.GetAsync("/api/v1/series/e1");
        EntityTagHeaderValue tag = first.Headers.ETag!;

        using var again = new HttpRequestMessage(HttpMethod.Get, "/api/v1/series/e1");
        again.Headers.IfNoneMatch.Add(tag);
        using HttpResponseMessage second = await bed.Http.SendAsync(again);
        using var other = new HttpRequestMessage(HttpMethod.Get, "/api/v1/series/e1");
        other.Headers.IfNoneMatch.Add(new("\"0\""));
        using HttpResponseMessage third = await bed.Http.SendAsync(other);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
    }

    [Fact]
    public async Task Series_LaneDoesNotAnswer_Is503AndSaysWhenToAskAgain()
    {
        await using ApiBed bed = await ApiBed.StartAsync(isLaneUp: false);

        using HttpResponseMessage late = await bed.Http.GetAsync("/api/v1/series/e0");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, late.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), late.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task Events_Watched_AreThePublishedMessages()
    {
        await using ApiBed bed = await ApiBed.StartAsync();
        var live = (LiveFeed)bed.Services.GetService(typeof(LiveFeed))!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using HttpResponseMessage stream = await bed.Http.GetAsync(
            "/api/v1/events?series=e1", HttpCompletionOption.ResponseHeadersRead, patience.Token);
        Assert.Equal("text/event-stream", stream.Content.Headers.ContentType!.MediaType);
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync(patience.Token));
        Assert.StartsWith(":", await reader.ReadLineAsync(patience.Token), StringComparison.Ordinal);

        live.Offer("e2"u8, "{\"series\":\"e2\"}"u8);
        live.Offer("e1"u8, "{\"series\":\"e1\"}"u8);

        Assert.Equal("", await reader.ReadLineAsync(patience.Token));
        Assert.Equal("event: forecast", await reader.ReadLineAsync(patience.Token));
        Assert.Equal("data: {\"series\":\"e1\"}", await reader.ReadLineAsync(patience.Token));
    }
}
