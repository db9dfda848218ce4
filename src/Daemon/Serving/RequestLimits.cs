using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Streaming.Daemon.Serving;

/// <summary>What a client may ask of the server: sizes and times by Kestrel, numbers by the framework's rate
/// limiter.</summary>
/// <remarks>Only /api is limited in number: /live, /ready and /metrics answer whatever others do.</remarks>
internal static class RequestLimits
{
    /// <summary>Requests to /api that are worked on at a time; as many again wait. Event streams don't count.</summary>
    public const int Concurrent = 64;

    /// <summary>Requests to /api that one address may make in a row, and a second's worth of new ones.</summary>
    public const int Burst = 400, PerSecond = 200;

    private const int BodyBytes = 16 << 10, HeaderBytes = 16 << 10, HeaderCount = 64, LineBytes = 8 << 10;
    private const int Connections = 2_048;

    private static readonly TimeSpan HeaderTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(1);

    /// <summary>Limits of sizes and times.</summary>
    public static void Limit(this KestrelServerOptions kestrel)
    {
        KestrelServerLimits limits = kestrel.Limits;
        limits.MaxRequestBodySize = BodyBytes;
        limits.MaxRequestHeadersTotalSize = HeaderBytes;
        limits.MaxRequestHeaderCount = HeaderCount;
        limits.MaxRequestLineSize = LineBytes;
        limits.MaxConcurrentConnections = Connections;
        limits.MaxConcurrentUpgradedConnections = 0;
        limits.RequestHeadersTimeout = HeaderTime;
        limits.KeepAliveTimeout = IdleTime;
    }

    /// <summary>Limits of numbers; to be used after problem details were added.</summary>
    public static void AddRequestLimits(this IServiceCollection services) => services.AddRateLimiter(limiter =>
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.OnRejected = (rejected, _) =>
        {
            rejected.HttpContext.Response.Headers.RetryAfter = 1.ToString(CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };
        limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, IPAddress>(ByAddress),
            PartitionedRateLimiter.Create<HttpContext, bool>(ByNumber));
    });

    private static RateLimitPartition<IPAddress> ByAddress(HttpContext context) => IsLimited(context)
        ? RateLimitPartition.GetTokenBucketLimiter(
            context.Connection.RemoteIpAddress ?? IPAddress.None,
            _ => new()
            {
                TokenLimit = Burst,
                TokensPerPeriod = PerSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                QueueLimit = 0,
            })
        : RateLimitPartition.GetNoLimiter(IPAddress.None);

    private static RateLimitPartition<bool> ByNumber(HttpContext context) =>
        IsLimited(context) && !context.Request.Path.StartsWithSegments("/api/v1/events")
            ? RateLimitPartition.GetConcurrencyLimiter(
                true, _ => new() { PermitLimit = Concurrent, QueueLimit = Concurrent })
            : RateLimitPartition.GetNoLimiter(false);

    private static bool IsLimited(HttpContext context) => context.Request.Path.StartsWithSegments("/api");
}
