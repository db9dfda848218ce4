using System.Globalization;

namespace Streaming.Daemon.Serving.Api;

/// <summary>Answers that say what is wrong, as problem details (RFC 9457).</summary>
internal static class ApiProblem
{
    /// <summary>Seconds after which it is worth asking a busy lane again.</summary>
    private const int RetrySeconds = 1;

    public static IResult BadRequest(string detail) => Of(StatusCodes.Status400BadRequest, detail);

    public static IResult NotFound(string detail) => Of(StatusCodes.Status404NotFound, detail);

    public static IResult Conflict(string detail) => Of(StatusCodes.Status409Conflict, detail);

    public static IResult Of(int status, string detail, IDictionary<string, object?>? more = null) =>
        Results.Problem(detail, statusCode: status, extensions: more);

    /// <summary>Turns lanes that are busy into 503, and says when to ask again.</summary>
    public static async ValueTask<object?> BusyFilter(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (LaneBusyException e)
        {
            context.HttpContext.Response.Headers.RetryAfter = RetrySeconds.ToString(CultureInfo.InvariantCulture);
            return Of(StatusCodes.Status503ServiceUnavailable, e.Message);
        }
    }
}
