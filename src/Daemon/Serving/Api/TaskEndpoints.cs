using Streaming.Daemon.Configuration;
using Streaming.Daemon.Pipeline.Questions;

namespace Streaming.Daemon.Serving.Api;

/// <summary>/api/v1/tasks: how far each partition is.</summary>
internal static class TaskEndpoints
{
    public static void MapTasks(this RouteGroupBuilder api) =>
        api.MapGet("/tasks", ListAsync).WithName("listTasks")
            .WithSummary("Every partition: how far it is, and who has it.")
            .Produces<TasksView>().ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> ListAsync(
        TaskIndex index, GroupDirectory group, ForecasterOptions options, CancellationToken asker)
    {
        IReadOnlyList<TaskReport> tasks = await index.GetAsync(asker);
        GroupView view = await group.GetAsync(asker);
        var self = new OwnerView(options.Kafka.InstanceId, options.Http.AdvertisedUrl);
        TaskView[] own = [.. tasks.Select(task => TaskView.Of(task, self))];
        HashSet<int> held = [.. own.Select(task => task.Partition)];
        IEnumerable<TaskView> others = view.Owners.Where(owner => !held.Contains(owner.Key))
            .Select(owner => TaskView.Elsewhere(owner.Key, owner.Value));
        return new TaggedJson<TasksView>(new([.. own.Concat(others).OrderBy(task => task.Partition)], view.WhyUnknown));
    }
}
