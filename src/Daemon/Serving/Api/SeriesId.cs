using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Streaming.Daemon.Serving.Api;

/// <summary>The series that a request names in its path: one percent-encoded segment, whatever the id is made of.
/// </summary>
/// <remarks>Taken from the request line as it came: the server leaves %2F as it is but decodes the rest, so that of its
/// decoded path an id with a slash can't be told from one with "%2F".</remarks>
internal static class SeriesId
{
    /// <summary>Place of the id among the segments of /api/v1/series/{id}, the empty one before the first slash
    /// included.</summary>
    private const int Segment = 4;

    /// <summary>The id, UTF-8. Only where routing has found the path to have one.</summary>
    public static byte[] Of(HttpContext context)
    {
        string path = TargetOf(context).Split('?', '#')[0];
        return Encoding.UTF8.GetBytes(Uri.UnescapeDataString(path.Split('/')[Segment]));
    }

    /// <summary>Path and query as they came, without the host that a request line may name.</summary>
    public static string TargetOf(HttpContext context)
    {
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        int host = target.StartsWith('/') ? -1 : target.IndexOf("://", StringComparison.Ordinal);
        return host < 0 ? target : target[target.IndexOf('/', host + 3)..];
    }
}
