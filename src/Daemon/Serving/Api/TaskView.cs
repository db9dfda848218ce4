using Streaming.Daemon.Pipeline.Questions;

namespace Streaming.Daemon.Serving.Api;

/// <summary>Body of /api/v1/tasks.</summary>
/// <param name="Items">Partitions of this process, and those of others as far as they are known, by number.</param>
/// <param name="OthersUnknown">Why the other members of the group are not known; null where they are.</param>
internal sealed record TasksView(IReadOnlyList<TaskView> Items, string? OthersUnknown);

/// <summary>One partition. What only its owner knows is null where that is another process.</summary>
internal sealed record TaskView(
    int Partition, int? Lane, string State, string? Reason, long? NextOffset, long? EndOffset, long? LagRecords,
    int? Series, int? ColdSeries, DateTime? StreamTime, long? RestoreRemaining, OwnerView Owner)
{
    /// <summary>A partition of this process.</summary>
    public static TaskView Of(TaskReport task, OwnerView self) => new(
        task.Partition, task.Lane, task.State, task.Reason, task.NextOffset, task.EndOffset, task.LagRecords, task.Series,
        task.ColdSeries, task.StreamTime, task.RestoreRemaining, self);

    /// <summary>A partition of another process.</summary>
    public static TaskView Elsewhere(int partition, OwnerView owner) =>
        new(partition, null, "elsewhere", null, null, null, null, null, null, null, null, owner);
}

/// <param name="ClientId">Name of the member of the group.</param>
/// <param name="Url">Where that process can be asked; null where it says nothing of it.</param>
internal sealed record OwnerView(string ClientId, string? Url);
