namespace Streaming.Daemon.Serving.Api;

/// <summary>/api/v1/models: versions, and which one is in force.</summary>
internal static class ModelEndpoints
{
    public static void MapModels(this RouteGroupBuilder api) =>
        api.MapGet("/models", (ModelsSource source) => new TaggedJson<ModelsView>(source.Models()))
            .WithName("listModels").WithSummary("Versions that are kept, the one in force, and how training went.")
            .Produces<ModelsView>();
}
