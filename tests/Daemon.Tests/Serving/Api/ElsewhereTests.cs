using System.Net;
using System.Text;
using System.Text.Json;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;

namespace Daemon.Tests.Serving.Api;

/// <summary>Two partitions: ours is 0, another process has 1.</summary>
public sealed class ElsewhereTests
{
    private const string Url = "http://pod-1.forecaster:9464";

    private static readonly string There = Enumerable.Range(0, 100).Select(i => $"cpu{{host={i}}}/x")
        .First(id => Murmur2.PartitionOf(Encoding.UTF8.GetBytes(id), 2) == 1);

    private static readonly string Ours = Enumerable.Range(0, 100).Select(i => $"none{i}")
        .First(id => Murmur2.PartitionOf(Encoding.UTF8.GetBytes(id), 2) == 0);

    private static readonly string Path = $"/api/v1/series/{Uri.EscapeDataString(There)}/forecast?horizon=3";

    [Fact]
    public async Task Series_OfAnotherWithAddress_IsRedirectedThereAsItWasAsked()
    {
        await using ApiBed bed = await BedAsync($"pod-1-0@{Url}");

        using HttpResponseMessage response = await bed.Http.GetAsync(Path);

        Assert.Equal(HttpStatusCode.TemporaryRedirect, response.StatusCode);
        Assert.Equal(Url + Path, response.Headers.Location!.OriginalString);
        JsonElement problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(1, problem.GetProperty("partition").GetInt32());
        Assert.Equal("pod-1-0", problem.GetProperty("owner").GetProperty("clientId").GetString());
        Assert.Equal(Url, problem.GetProperty("owner").GetProperty("url").GetString());
    }

    /// <summary>Its first member's id leads to the other's partition, its own to ours.</summary>
    [Theory]
    [InlineData(true, HttpStatusCode.TemporaryRedirect)]
    [InlineData(false, HttpStatusCode.NotFound)]
    public async Task Series_OfAGroup_IsWhereRepartitioningPutsIt(bool isRepartitioned, HttpStatusCode expected)
    {
        await using ApiBed bed = await BedAsync($"pod-1-0@{Url}", with: options => options with
        {
            Input = options.Input with { Repartition = isRepartitioned ? RepartitionMode.On : RepartitionMode.Off },
            Groups = [new() { Members = [There, Ours] }],
        });

        using HttpResponseMessage response = await bed.Http.GetAsync($"/api/v1/series/{Ours}");

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Series_PathEncodedElsewhereToo_IsTheSameSeries()
    {
        await using ApiBed bed = await BedAsync($"pod-1-0@{Url}");
        string target = Path.Replace("/api/", "/%61pi/", StringComparison.Ordinal);

        string answer = await bed.GetRawAsync(target);

        Assert.StartsWith("HTTP/1.1 307", answer, StringComparison.Ordinal);
        Assert.Contains($"Location: {Url}{Path}\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Series_OddQuery_IsPassedOnEncoded()
    {
        await using ApiBed bed = await BedAsync($"pod-1-0@{Url}");

        string answer = await bed.GetRawAsync($"{Path}&x=%0d%0aX-Evil:%201%01%E2%9C%93");

        Assert.StartsWith("HTTP/1.1 307", answer, StringComparison.Ordinal);
        Assert.Contains($"Location: {Url}{Path}&x=%0D%0AX-Evil%3A%201%01%E2%9C%93\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Series_OwnerTellsAForeignAddress_Is421WithoutIt()
    {
        const string clientId = "pod-1-0@http://pod-1.elsewhere:9464";
        await using ApiBed bed = await BedAsync(clientId);

        JsonElement problem = await bed.ProblemAsync(HttpStatusCode.MisdirectedRequest, Path);
        JsonElement task = (await bed.GetAsync("/api/v1/tasks")).GetProperty("items")[1];

        foreach (JsonElement owner in new[] { problem.GetProperty("owner"), task.GetProperty("owner") })
        {
            Assert.Equal(clientId, owner.GetProperty("clientId").GetString());
            Assert.Null(owner.GetProperty("url").GetString());
        }
    }

    [Fact]
    public async Task Series_OwnerTellsAnAddressThatIsNoHeader_Is421WithoutIt()
    {
        await using ApiBed bed = await BedAsync("pod-1-0@http://h\u00f6st.forecaster:9464");

        JsonElement problem = await bed.ProblemAsync(HttpStatusCode.MisdirectedRequest, Path);

        Assert.Null(problem.GetProperty("owner").GetProperty("url").GetString());
    }

    [Theory]
    [InlineData($"pod-1-0@{Url}", "&noredirect=true", Url)]
    [InlineData("pod-1-0", "", null)]
    public async Task Series_RedirectUnwantedOrImpossible_Is421WithTheOwner(string clientId, string more, string? url)
    {
        await using ApiBed bed = await BedAsync(clientId);

        JsonElement problem = await bed.ProblemAsync(HttpStatusCode.MisdirectedRequest, Path + more);

        Assert.Equal(url, problem.GetProperty("owner").GetProperty("url").GetString());
    }

    [Fact]
    public async Task Series_ReadingTakesAToken_Is421ForARedirectWouldLoseIt()
    {
        const string token = "0123456789abcdef";
        await using ApiBed bed = await BedAsync($"pod-1-0@{Url}", token);
        bed.Http.DefaultRequestHeaders.Authorization = new("Bearer", token);

        await bed.ProblemAsync(HttpStatusCode.MisdirectedRequest, Path);
    }

    [Fact]
    public async Task Series_NobodyHas_Is404WhereItWouldBeOursOrTheGroupIsNotKnown()
    {
        await using ApiBed bed = await BedAsync($"pod-1-0@{Url}");
        await bed.ProblemAsync(HttpStatusCode.NotFound, $"/api/v1/series/{Ours}");

        await using ApiBed alone = await ApiBed.StartAsync();
        alone.Group.Trouble = "not authorized";
        JsonElement problem = await alone.ProblemAsync(HttpStatusCode.NotFound, "/api/v1/series/none");
        Assert.Contains("not authorized", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Series_OnItsWayToUs_Is503AndNoRedirectToOurselves()
    {
        await using ApiBed bed = await BedAsync($"{Environment.MachineName}-0@{Url}");

        using HttpResponseMessage series = await bed.Http.GetAsync(Path);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, series.StatusCode);
        Assert.NotNull(series.Headers.RetryAfter);
    }

    [Fact]
    public async Task Series_OfAPartitionThatNobodyHas_Is503()
    {
        await using ApiBed bed = await ApiBed.StartAsync();
        bed.Group.Members.Add(new("pod-2-0", [2]));
        string between = Enumerable.Range(0, 100).Select(i => $"none{i}")
            .First(id => Murmur2.PartitionOf(Encoding.UTF8.GetBytes(id), 3) == 1);

        await bed.ProblemAsync(HttpStatusCode.ServiceUnavailable, $"/api/v1/series/{between}");
    }

    [Fact]
    public async Task Anything_GroupCannotBeDescribedForABug_SaysThatOthersAreNotKnown()
    {
        await using ApiBed bed = await ApiBed.StartAsync();
        bed.Group.Bug = new InvalidCastException("a bug");

        for (int i = 0; i < 2; i++)
        {
            JsonElement tasks = await bed.GetAsync("/api/v1/tasks");
            Assert.Contains("the log says why", tasks.GetProperty("othersUnknown").GetString(), StringComparison.Ordinal);
            await bed.ProblemAsync(HttpStatusCode.NotFound, "/api/v1/series/none");
        }
    }

    [Fact]
    public async Task Tasks_OfOthers_AreToldWithTheirOwner()
    {
        await using ApiBed bed = await BedAsync($"pod-1-0@{Url}");

        JsonElement[] tasks = [.. (await bed.GetAsync("/api/v1/tasks")).GetProperty("items").EnumerateArray()];

        Assert.Equal(["running", "elsewhere"], tasks.Select(task => task.GetProperty("state").GetString()));
        Assert.Equal(Url, tasks[1].GetProperty("owner").GetProperty("url").GetString());
    }

    private static async Task<ApiBed> BedAsync(
        string other, string? token = null, Func<ForecasterOptions, ForecasterOptions>? with = null)
    {
        var http = new HttpOptions { ReadToken = token, AdvertisedUrl = "http://pod-0.forecaster:9464" };
        ApiBed bed = await ApiBed.StartAsync(
            with: options => (with?.Invoke(options) ?? options) with { Http = http });
        bed.Group.Members.Add(new("pod-0-0", [0]));
        bed.Group.Members.Add(new(other, [1]));
        return bed;
    }
}
