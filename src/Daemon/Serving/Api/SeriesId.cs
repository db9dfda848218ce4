using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Streaming.Daemon.Serving.Api;

/// <summary>The series that a request names in its path: one percent-encoded segment, whatever the id is made of.</summary>
/// <remarks>Taken from the request line as it came: the server leaves %2F as it is but decodes the rest, so that of its
/// decoded path an id with a slash can't be told from one with "%2F".</remarks>
internal static class SeriesId
{
    private const string Prefix = "/api/v1/series/";

    /// <summary>The id, UTF-8.</summary>
    public static byte[] Of(HttpContext context)
    {
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        int start = target.IndexOf(Prefix, StringComparison.OrdinalIgnoreCase) + Prefix.Length;
        int end = target.AsSpan(start).IndexOfAny('/', '?', '#') is >= 0 and var length ? start + length : target.Length;
        return Encoding.UTF8.GetBytes(Uri.UnescapeDataString(target[start..end]));
    }
}
