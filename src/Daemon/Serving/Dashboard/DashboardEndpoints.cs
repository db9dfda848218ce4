using Microsoft.Net.Http.Headers;

namespace Streaming.Daemon.Serving.Dashboard;

/// <summary>The dashboard: its page at /, what that loads below /dashboard/.</summary>
/// <remarks>Nothing in it is secret: what it shows it asks the API for, under the API's rules. It obeys
/// <see cref="SecurityHeaders"/>: nothing inline, nothing from elsewhere.</remarks>
internal static class DashboardEndpoints
{
    private static readonly string[] methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps the page and its files.</summary>
    public static void MapDashboard(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/", methods, context => SendAsync(context, "index.html")).ExcludeFromDescription();
        endpoints.MapMethods(
            "/dashboard/{file}", methods, context => SendAsync(context, (string)context.Request.RouteValues["file"]!))
            .ExcludeFromDescription();
    }

    /// <summary>Sends a file, or says that the browser has it already: it asks each time, for an upgrade changes them.
    /// </summary>
    private static async Task SendAsync(HttpContext context, string name)
    {
        HttpResponse response = context.Response;
        if (!DashboardFiles.ByName.TryGetValue(name, out DashboardFile? file))
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        (byte[] body, string? encoding) = file.For(context.Request.Headers.AcceptEncoding.ToString());
        string tag = $"\"{file.Hash}{(encoding is null ? "" : $"-{encoding}")}\"";
        IHeaderDictionary headers = response.Headers;
        headers.ETag = tag;
        headers.CacheControl = "no-cache";
        headers.Vary = HeaderNames.AcceptEncoding;
        if (context.Request.Headers.IfNoneMatch.Any(tags => tags?.Contains(tag, StringComparison.Ordinal) == true))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = file.ContentType;
        response.ContentLength = body.Length;
        if (encoding is not null)
        {
            headers.ContentEncoding = encoding;
        }

        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }
}
