using System.Text.Json.Serialization;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Models;
using Streaming.Daemon.State;

namespace Streaming.Daemon.Cli.Operations;

/// <summary>What a reset drops, and where the deployment then begins anew.</summary>
/// <param name="Application">The deployment.</param>
/// <param name="Cluster">Id of its cluster.</param>
/// <param name="Groups">Its groups, and who is in them.</param>
/// <param name="State">The state topic's content, which is dropped.</param>
/// <param name="Models">That of the models topic; null: it stays.</param>
/// <param name="Repartition">The repartition topic and where its partitions end: what lies before is dropped; null where
/// there is none.</param>
/// <param name="Starts">Where each partition of the input is read from then.</param>
/// <param name="Start">Input:Start.</param>
/// <param name="Emit">Output:Emit.</param>
internal sealed record ResetPlan(
    string Application, string Cluster, IReadOnlyList<ResetGroup> Groups, TopicContent State, TopicContent? Models,
    ResetLog? Repartition, IReadOnlyList<ResetStart> Starts, string Start, EmitMode Emit)
{
    /// <summary>Contents that are dropped, all in one transaction.</summary>
    public IEnumerable<TopicContent> Contents => Models is null ? [State] : [State, Models];

    /// <summary>Series whose state is dropped.</summary>
    public int SeriesCount => State.Keys.Count(
        entry => StateKey.TryRead(entry.Key, out StateKind kind, out _) && kind == StateKind.Unit);

    /// <summary>Versions that are dropped; null: they stay.</summary>
    public int? VersionCount => Models?.Keys
        .Select(entry => ModelsKey.TryRead(entry.Key, out ModelsKey key) ? key.Version : 0)
        .Where(version => version > 0).Distinct().Count();
}

/// <param name="Name">Name of the group.</param>
/// <param name="Members">Who is in it, as "client at host".</param>
internal sealed record ResetGroup(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("members")] IReadOnlyList<string> Members);

/// <param name="Topic">The topic.</param>
/// <param name="Ends">Where its partitions end.</param>
/// <param name="Records">How many records are dropped, about: marks of transactions count.</param>
internal sealed record ResetLog(string Topic, IReadOnlyList<PartitionOffset> Ends, long Records);

/// <param name="Partition">A partition of the input.</param>
/// <param name="Low">First offset that its log keeps.</param>
/// <param name="High">Where it ends.</param>
/// <param name="ReadFrom">Where it is read from.</param>
/// <param name="LiveFrom">From where on forecasts are published.</param>
internal sealed record ResetStart(
    [property: JsonPropertyName("partition")] int Partition,
    [property: JsonPropertyName("low")] long Low,
    [property: JsonPropertyName("high")] long High,
    [property: JsonPropertyName("readFrom")] long ReadFrom,
    [property: JsonPropertyName("liveFrom")] long LiveFrom);
