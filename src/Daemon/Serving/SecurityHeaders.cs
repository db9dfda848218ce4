namespace Streaming.Daemon.Serving;

/// <summary>Headers that keep a browser from doing with our pages what they are not for.</summary>
internal static class SecurityHeaders
{
    private static readonly KeyValuePair<string, string>[] All =
    [
        new("Content-Security-Policy",
            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
        new("X-Content-Type-Options", "nosniff"),
        new("X-Frame-Options", "DENY"),
        new("Referrer-Policy", "no-referrer"),
        new("Cross-Origin-Opener-Policy", "same-origin"),
        new("Cross-Origin-Resource-Policy", "same-origin"),
    ];

    /// <summary>Adds them to every answer.</summary>
    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        foreach ((string name, string value) in All)
        {
            context.Response.Headers[name] = value;
        }

        return next(context);
    });
}
