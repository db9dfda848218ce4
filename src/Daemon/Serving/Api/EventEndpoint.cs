using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Streaming.Daemon.Pipeline.Questions;

namespace Streaming.Daemon.Serving.Api;

/// <summary>/api/v1/events: live forecasts as server-sent events.</summary>
/// <remarks>
/// Event "forecast": the message as it is published, which decision 13 describes. Event "dropped": {"count":n}, where a
/// reader was too slow for n of them. A comment each 15 s keeps proxies from closing.
/// </remarks>
internal static class EventEndpoint
{
    private const int MostSeries = 100;

    /// <summary>Between two looks at what has come: nobody sees the difference, and lanes need not tell.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);
    private static readonly byte[] Begin = "event: forecast\ndata: "u8.ToArray();
    private static readonly byte[] End = "\n\n"u8.ToArray();

    public static void MapEvents(this RouteGroupBuilder api) =>
        api.MapGet("/events", WatchAsync).WithName("watchForecasts")
            .WithSummary("Live forecasts as server-sent events: of some series, or of all of this process.")
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> WatchAsync(
        HttpContext context, LiveFeed feed, IHostApplicationLifetime host, TimeProvider clock, string[] series)
    {
        if (series.Length > MostSeries)
        {
            return ApiProblem.BadRequest($"at most {MostSeries} series can be watched at a time");
        }

        using LiveWatch? watch = feed.TryWatch(
            context.Connection.RemoteIpAddress ?? IPAddress.None, [.. series.Select(Encoding.UTF8.GetBytes)]);
        if (watch is null)
        {
            throw new LaneBusyException(
                $"as many watch as may: {LiveFeed.MostWatchers}, of these {LiveFeed.MostOfAddress} from one address and "
                + $"{LiveFeed.MostOfAll} all series");
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, host.ApplicationStopping);
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache, no-store";
        try
        {
            await WriteAsync(context.Response.Body, watch, clock, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The reader has gone, or the process stops.
        }

        return Results.Empty;
    }

    private static async Task WriteAsync(
        Stream body, LiveWatch watch, TimeProvider clock, CancellationToken ending)
    {
        await body.WriteAsync(": live forecasts\n\n"u8.ToArray(), ending);
        await body.FlushAsync(ending);
        for (long last = clock.GetTimestamp(); ; await Task.Delay(Pause, clock, ending))
        {
            bool hasWritten = await WriteForecastsAsync(body, watch, ending);
            if (!hasWritten && clock.GetElapsedTime(last) >= KeepAlive)
            {
                await body.WriteAsync(": still here\n\n"u8.ToArray(), ending);
                hasWritten = true;
            }

            if (hasWritten)
            {
                await body.FlushAsync(ending);
                last = clock.GetTimestamp();
            }
        }
    }

    /// <returns>Whether there was anything to write.</returns>
    private static async Task<bool> WriteForecastsAsync(Stream body, LiveWatch watch, CancellationToken ending)
    {
        int written = 0;
        for (; written < LiveWatch.Capacity && watch.TryRead(out byte[]? json); written++)
        {
            await body.WriteAsync(Begin, ending);
            await body.WriteAsync(json, ending);
            await body.WriteAsync(End, ending);
        }

        if (watch.TakeDropped() is not (> 0 and var dropped))
        {
            return written > 0;
        }

        string text = string.Create(CultureInfo.InvariantCulture, $"event: dropped\ndata: {{\"count\":{dropped}}}\n\n");
        await body.WriteAsync(Encoding.ASCII.GetBytes(text), ending);
        return true;
    }
}
