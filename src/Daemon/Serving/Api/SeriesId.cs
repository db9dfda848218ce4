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

    /// <summary>The answer to a request of which <see cref="Of"/> tells no id.</summary>
    public static IResult Unclear => ApiProblem.BadRequest(
        "the request line must name the path itself, /api/v1/series/{id}: without host, '.' and '..'");

    /// <summary>The id, UTF-8. Only where routing has found the path to have one.</summary>
    /// <returns>Null where the request line has other segments than the path that was routed: it names a host, or dot
    /// segments that the server has resolved, so that what stands there is not what is meant.</returns>
    public static byte[]? Of(HttpContext context)
    {
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        string[] sent = target.Split('?', '#')[0].Split('/'), routed = context.Request.Path.Value!.Split('/');
        return sent.Length == routed.Length && IsSame(sent, routed)
            ? Encoding.UTF8.GetBytes(Uri.UnescapeDataString(sent[Segment]))
            : null;
    }

    private static bool IsSame(string[] sent, string[] routed)
    {
        for (int i = 0; i < Segment; i++)
        {
            if (Uri.UnescapeDataString(sent[i]) != routed[i])
            {
                return false;
            }
        }

        return true;
    }
}
