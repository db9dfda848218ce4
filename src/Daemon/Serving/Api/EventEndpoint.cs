using System.Globalization;
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

    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);
    private static readonly byte[] Begin = "event: forecast\ndata: "u8.ToArray();
    private static readonly byte[] End = "\n\n"u8.ToArray();

    public static void MapEvents(this RouteGroupBuilder api) =>
        api.MapGet("/events", WatchAsync).WithName("watchForecasts")
            .WithSummary("Live forecasts as server-sent events: of some series, or of all of this process.")
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> WatchAsync(
        HttpContext context, LiveFeed feed, IHostApplicationLifetime host, string[] series)
    {
        if (series.Length > MostSeries)
        {
            return ApiProblem.BadRequest($"at most {MostSeries} series can be watched at a time");
        }

        using LiveWatch? watch = feed.TryWatch([.. series.Select(Encoding.UTF8.GetBytes)]);
        if (watch is null)
        {
            throw new LaneBusyException($"{LiveFeed.MostWatchers} watch already");
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, host.ApplicationStopping);
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache, no-store";
        try
        {
            await WriteAsync(context.Response.Body, watch, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The reader has gone, or the process stops.
        }

        return Results.Empty;
    }

    private static async Task WriteAsync(Stream body, LiveWatch watch, CancellationToken ending)
    {
        await body.WriteAsync(": live forecasts\n\n"u8.ToArray(), ending);
        await body.FlushAsync(ending);
        while (true)
        {
            while (watch.Forecasts.TryRead(out byte[]? json))
            {
                await body.WriteAsync(Begin, ending);
                await body.WriteAsync(json, ending);
                await body.WriteAsync(End, ending);
            }

            if (watch.TakeDropped() is > 0 and var dropped)
            {
                string text = string.Create(
                    CultureInfo.InvariantCulture, $"event: dropped\ndata: {{\"count\":{dropped}}}\n\n");
                await body.WriteAsync(Encoding.ASCII.GetBytes(text), ending);
            }

            await body.FlushAsync(ending);
            if (!await HasMoreAsync(watch, ending))
            {
                await body.WriteAsync(": still here\n\n"u8.ToArray(), ending);
            }
        }
    }

    /// <returns>False where nothing has come for as long as a silence may last.</returns>
    private static async Task<bool> HasMoreAsync(LiveWatch watch, CancellationToken ending)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(ending);
        silence.CancelAfter(KeepAlive);
        try
        {
            return await watch.Forecasts.WaitToReadAsync(silence.Token);
        }
        catch (OperationCanceledException) when (!ending.IsCancellationRequested)
        {
            return false;
        }
    }
}
