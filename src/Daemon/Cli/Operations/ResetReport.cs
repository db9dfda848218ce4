using System.Text.Json.Serialization;

namespace Streaming.Daemon.Cli.Operations;

/// <summary>What reset --json prints.</summary>
/// <param name="Application">The deployment.</param>
/// <param name="Cluster">Id of its cluster.</param>
/// <param name="Done">Whether it was carried out.</param>
/// <param name="Obstacle">Why it can't be; null where it can.</param>
/// <param name="Series">Series whose state goes.</param>
/// <param name="StateRecords">Records of the state topic that go.</param>
/// <param name="Versions">Versions that go; null: they stay.</param>
/// <param name="RepartitionRecords">Records of the repartition topic that go, about; null where there is none.</param>
/// <param name="Groups">Consumer groups that go, and who is in them.</param>
/// <param name="Partitions">Where each partition of the input is read from then.</param>
internal sealed record ResetReport(
    [property: JsonPropertyName("application")] string Application,
    [property: JsonPropertyName("cluster")] string Cluster,
    [property: JsonPropertyName("done")] bool Done,
    [property: JsonPropertyName("obstacle")] string? Obstacle,
    [property: JsonPropertyName("series")] int Series,
    [property: JsonPropertyName("stateRecords")] int StateRecords,
    [property: JsonPropertyName("versions")] int? Versions,
    [property: JsonPropertyName("repartitionRecords")] long? RepartitionRecords,
    [property: JsonPropertyName("groups")] IReadOnlyList<ResetGroup> Groups,
    [property: JsonPropertyName("partitions")] IReadOnlyList<ResetStart> Partitions)
{
    public static ResetReport Of(ResetPlan plan, bool isDone) => new(
        plan.Application, plan.Cluster, isDone, ResetRun.Obstacle(plan.Groups), plan.SeriesCount, plan.State.Keys.Count,
        plan.VersionCount, plan.Repartition?.Records, plan.Groups, plan.Starts);
}
