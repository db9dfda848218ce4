using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Streaming.Daemon.Serving;

namespace Daemon.Tests.Serving;

/// <summary>How many requests are let in, asked of the limiter itself.</summary>
public sealed class RequestLimitsTests : IDisposable
{
    private const string Api = "/api/v1/series";

    /// <summary>More than are let in over all the time that so many questions can take.</summary>
    private const int Flood = 10_000_000;

    private readonly ServiceProvider services;
    private readonly PartitionedRateLimiter<HttpContext> limiter;

    public RequestLimitsTests()
    {
        var collection = new ServiceCollection();
        collection.AddRequestLimits();
        services = collection.BuildServiceProvider();
        limiter = services.GetRequiredService<IOptions<RateLimiterOptions>>().Value.GlobalLimiter!;
    }

    public void Dispose()
    {
        limiter.Dispose();
        services.Dispose();
    }

    [Fact]
    public void AddRequestLimits_FloodFromOneAddress_IsRefusedAfterTheBurstAndHoldsNobodyElseUp()
    {
        int let = 0;
        while (let < Flood && IsLetIn(Api, address: 1))
        {
            let++;
        }

        Assert.InRange(let, RequestLimits.Burst, Flood - 1);
        Assert.True(IsLetIn(Api, address: 2));
        Assert.True(IsLetIn("/metrics", address: 1));
        Assert.True(IsLetIn("/live", address: 1));
    }

    [Fact]
    public void AddRequestLimits_AsManyAtATimeAsMayBe_AnotherIsRefusedUntilOneEnds()
    {
        RateLimitLease[] working =
        [
            .. Enumerable.Range(1, RequestLimits.Concurrent).Select(address => limiter.AttemptAcquire(Request(Api, address))),
        ];

        Assert.All(working, lease => Assert.True(lease.IsAcquired));
        Assert.False(IsLetIn(Api, address: 200));
        Assert.True(IsLetIn("/api/v1/events", address: 200)); // watchers have a bound of their own
        Assert.True(IsLetIn("/ready", address: 200));
        working[0].Dispose();
        Assert.True(IsLetIn(Api, address: 200));
        Assert.All(working, lease => lease.Dispose());
    }

    private bool IsLetIn(string path, int address)
    {
        using RateLimitLease lease = limiter.AttemptAcquire(Request(path, address));
        return lease.IsAcquired;
    }

    private static DefaultHttpContext Request(string path, int address) => new()
    {
        Request = { Path = path },
        Connection = { RemoteIpAddress = new IPAddress([10, 0, 0, (byte)address]) },
    };
}
