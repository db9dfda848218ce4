namespace Streaming.Daemon.Serving.Api;

/// <summary>Lets those through to /api who may read or write there.</summary>
/// <remarks>Before routing has looked at a parameter: who may not ask learns nothing.</remarks>
internal sealed class TokenGate(RequestDelegate next, ApiTokens tokens)
{
    public Task InvokeAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        bool reads = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (!request.Path.StartsWithSegments("/api") || (reads ? tokens.MayRead(request) : tokens.MayWrite(request)))
        {
            return next(context);
        }

        if (!reads && !tokens.IsWriteOpen)
        {
            return ApiProblem.Of(
                StatusCodes.Status403Forbidden,
                "nothing can be changed here: no token for that is configured (Http:WriteToken or Http:WriteTokenFile)")
                .ExecuteAsync(context);
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        return ApiProblem.Of(
            StatusCodes.Status401Unauthorized,
            reads ? "reading takes a token: Authorization: Bearer …" : "changing takes a token: Authorization: Bearer …")
            .ExecuteAsync(context);
    }
}
