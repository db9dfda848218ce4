using System.Text.Json;
using System.Text.Json.Serialization;
using Prometheus;

namespace Streaming.Daemon.Serving;

/// <summary>/live, /ready and /metrics.</summary>
internal static class Endpoints
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Registers what the endpoints read: metrics, health and the clock.</summary>
    public static IServiceCollection AddServing(this IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<ForecasterMetrics>();
        services.AddSingleton<HealthState>();
        return services;
    }

    /// <summary>Maps the endpoints; needs <see cref="AddServing"/>.</summary>
    public static void MapForecasterEndpoints(this IEndpointRouteBuilder endpoints)
    {
        var health = endpoints.ServiceProvider.GetRequiredService<HealthState>();
        var metrics = endpoints.ServiceProvider.GetRequiredService<ForecasterMetrics>();
        Describe(endpoints.MapGet("/live", () => Answer(health.Live())), "getLive", "Whether a restart would help.");
        Describe(endpoints.MapGet("/ready", () => Answer(health.Ready())), "getReady", "Whether all lanes run.");
        endpoints.MapMetrics("/metrics", metrics.Registry);
    }

    private static void Describe(RouteHandlerBuilder endpoint, string name, string summary) => endpoint
        .WithName(name).WithSummary(summary).WithTags("health").Produces<HealthReport>()
        .Produces<HealthReport>(StatusCodes.Status503ServiceUnavailable);

    private static IResult Answer(HealthReport report) => Results.Json(
        report, Json, statusCode: report.Ok ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
}
