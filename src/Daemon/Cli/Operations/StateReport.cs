using System.Text.Json.Serialization;

namespace Streaming.Daemon.Cli.Operations;

/// <summary>What state inspect prints, and its --json as one object.</summary>
/// <param name="Topic">The state topic.</param>
/// <param name="Application">Whose it is to be.</param>
/// <param name="Cluster">Id of the cluster.</param>
/// <param name="Partitions">Those that were looked into, ascending.</param>
internal sealed record StateReport(
    [property: JsonPropertyName("topic")] string Topic,
    [property: JsonPropertyName("application")] string Application,
    [property: JsonPropertyName("cluster")] string Cluster,
    [property: JsonPropertyName("partitions")] IReadOnlyList<PartitionReport> Partitions);
