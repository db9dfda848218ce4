using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace Daemon.Tests.Serving.Api;

/// <summary>Ten thousand requests that are wrong: each is told so, none breaks anything.</summary>
public sealed class MalformedRequestTests
{
    private const int Requests = 10_000;
    private const int Connections = 8;

    [Fact]
    public async Task Answers_ToMalformedRequests_Are4xx()
    {
        await using ApiBed bed = await ApiBed.StartAsync(
            with: options => options with { Http = options.Http with { WriteToken = MalformedRequest.Token } },
            services: services => services.PostConfigure<RateLimiterOptions>(
                limits => limits.GlobalLimiter = null)); // 429 would hide what there is to see
        var wrong = new ConcurrentBag<string>();
        var statuses = new ConcurrentDictionary<int, int>();

        await Parallel.ForEachAsync(
            Enumerable.Range(0, Requests), new ParallelOptions { MaxDegreeOfParallelism = Connections },
            async (seed, token) =>
            {
                byte[] request = MalformedRequest.Next(new Random(seed));
                int status = await StatusAsync(bed, request, token);
                statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
                if (status is < 400 or > 499)
                {
                    wrong.Add($"{seed}: {status} to {Encoding.Latin1.GetString(request)}");
                }
            });

        Assert.Empty(wrong.Take(5));
        Assert.All(new[] { 400, 401, 404, 405, 431 }, status => Assert.True(
            statuses.ContainsKey(status), $"no answer was {status}: {string.Join(", ", statuses)}"));
        Assert.True((await bed.GetAsync("/api/v1/status")).GetProperty("ready").GetBoolean());
        Assert.Equal(5, (await bed.GetAsync("/api/v1/series")).GetProperty("total").GetInt32());
    }

    /// <remarks>0 where the server hangs up.</remarks>
    private static async Task<int> StatusAsync(ApiBed bed, byte[] request, CancellationToken token)
    {
        string answer = await bed.SendRawAsync(request, token);
        return answer.Length == 0
            ? 0
            : int.Parse(answer.AsSpan("HTTP/1.1 ".Length, 3), NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
