using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Serving.Api;

/// <summary>/api/v1 and its description: what people and programs ask of the daemon beside Kafka.</summary>
internal static class ApiEndpoints
{
    private const string Document = "v1";

    /// <summary>Registers what the endpoints need beside the pipeline.</summary>
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddSingleton<ApiTokens>();
        services.AddSingleton<LaneDirectory>();
        services.AddSingleton<SeriesIndex>();
        services.AddSingleton<TaskIndex>();
        services.AddSingleton<SeriesViews>();
        services.AddSingleton<StatusSource>();
        services.AddSingleton<TrainingSource>();
        services.AddSingleton<ModelsSource>();
        services.AddSingleton(provider => new RedirectHosts(provider.GetRequiredService<ForecasterOptions>().Http));
        services.AddSingleton<GroupDirectory>();
        services.AddSingleton<Elsewhere>();
        services.AddSingleton<Func<IGroupMembers>>(provider => () => GroupMembers.Open(
            provider.GetRequiredService<ForecasterOptions>().Kafka,
            provider.GetRequiredService<ILogger<ClusterAdmin>>()));
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails =
            context => context.ProblemDetails.Extensions.Remove("traceId")); // nothing is traced here
        services.AddRequestLimits();
        services.ConfigureHttpJsonOptions(json => ApiJson.Configure(json.SerializerOptions));
        services.AddOpenApi(Document, openApi => openApi.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Streaming Forecaster";
            document.Info.Description = "docs/api.md tells what is behind each endpoint.";
            document.Servers = []; // wherever this was read from
            return Task.CompletedTask;
        }));
        return services;
    }

    /// <summary>What a request to any endpoint passes: headers, errors, limits, tokens.</summary>
    public static void UseApi(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseRateLimiter();
        app.UseMiddleware<TokenGate>();
    }

    /// <summary>Maps the endpoints; needs <see cref="AddApi"/>.</summary>
    public static void MapApi(this IEndpointRouteBuilder endpoints)
    {
        var status = endpoints.ServiceProvider.GetRequiredService<StatusSource>(); // from now on it counts
        RouteGroupBuilder api = endpoints.MapGroup("/api/v1").AddEndpointFilter(ApiProblem.BusyFilter).WithTags("v1");
        api.MapGet("/status", () => new TaggedJson<StatusView>(status.Status()))
            .WithName("getStatus").WithSummary("This process at a glance.").Produces<StatusView>();
        api.MapTasks();
        api.MapSeries();
        api.MapModels();
        api.MapEvents();
        endpoints.MapOpenApi("/openapi/{documentName}.json");
    }
}
