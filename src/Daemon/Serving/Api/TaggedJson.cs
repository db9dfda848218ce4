using System.Globalization;
using System.IO.Hashing;
using System.Text.Json;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Streaming.Daemon.Serving.Api;

/// <summary>JSON with an ETag of its bytes; who has these already is told so, with 304.</summary>
internal sealed class TaggedJson<T>(T value) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(value, ApiJson.Options);
        string tag = string.Create(CultureInfo.InvariantCulture, $"\"{XxHash3.HashToUInt64(body):x16}\"");
        HttpResponse response = httpContext.Response;
        response.Headers.ETag = tag;
        response.Headers.CacheControl = "no-cache"; // to be asked about each time
        if (Has(httpContext.Request.Headers.IfNoneMatch, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }

    private static bool Has(StringValues ifNoneMatch, string tag) =>
        EntityTagHeaderValue.TryParseList([.. ifNoneMatch.OfType<string>()], out IList<EntityTagHeaderValue>? tags)
        && tags.Any(known => known.Equals(EntityTagHeaderValue.Any)
            || known.Compare(new EntityTagHeaderValue(tag), useStrongComparison: false));
}
