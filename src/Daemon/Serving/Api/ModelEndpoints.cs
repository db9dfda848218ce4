using System.Globalization;
using Streaming.Daemon.Pipeline;
using Streaming.Daemon.Tuning;

namespace Streaming.Daemon.Serving.Api;

/// <summary>/api/v1/models: versions, and which one is in force.</summary>
internal static class ModelEndpoints
{
    public static void MapModels(this RouteGroupBuilder api)
    {
        api.MapGet("/models", (ModelsSource source) => new TaggedJson<ModelsView>(source.Models()))
            .WithName("listModels").WithSummary("Versions that are kept, the one in force, and how training went.")
            .Produces<ModelsView>();
        Describe(api.MapPost("/models/{version}/promote", PromoteAsync).WithName("promoteModel")
            .WithSummary("Puts a kept version in force in the whole deployment: 17 or lstm@17."));
        Describe(api.MapPost("/models/rollback", RollBackAsync).WithName("rollBackModel")
            .WithSummary("Puts the version back in force that the present one has displaced."));
    }

    private static void Describe(RouteHandlerBuilder change) => change.Produces<ModelsView>()
        .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status421MisdirectedRequest)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> PromoteAsync(
        string version, OperatorDesk desk, ModelsSource source, Elsewhere elsewhere, CancellationToken asker)
    {
        int? id = ModelVersion.IdOf(version)
            ?? (int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null);
        return id is null
            ? ApiProblem.NotFound($"'{version}' is no version: 17, or lstm@17")
            : await ChangeAsync(id, desk, source, elsewhere, asker);
    }

    private static Task<IResult> RollBackAsync(
        OperatorDesk desk, ModelsSource source, Elsewhere elsewhere, CancellationToken asker) =>
        ChangeAsync(null, desk, source, elsewhere, asker);

    private static async Task<IResult> ChangeAsync(
        int? id, OperatorDesk desk, ModelsSource source, Elsewhere elsewhere, CancellationToken asker)
    {
        DeskAnswer answer = await desk.ChangeAsync(id, asker);
        return answer.Result switch
        {
            DeskResult.Done => new TaggedJson<ModelsView>(source.Models()),
            DeskResult.NotHere => await elsewhere.ChangeAsync(TrainerSeat.Partition, asker),
            DeskResult.Unknown => ApiProblem.NotFound(answer.Why),
            DeskResult.Refused => ApiProblem.Conflict(answer.Why),
            _ => ApiProblem.Of(StatusCodes.Status503ServiceUnavailable, answer.Why),
        };
    }
}
