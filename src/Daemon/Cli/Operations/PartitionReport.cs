using System.Text;
using System.Text.Json.Serialization;
using Streaming.Daemon.State.Inspection;

namespace Streaming.Daemon.Cli.Operations;

/// <summary>What the state topic holds of one partition.</summary>
/// <param name="Partition">Its number.</param>
/// <param name="Records">Records, tombstones and those that newer ones replace included.</param>
/// <param name="Bytes">Their bytes: what a restart reads.</param>
/// <param name="SeriesCount">Series in force, damaged ones included.</param>
/// <param name="SeriesBytes">Bytes of their records.</param>
/// <param name="Lives">Ids of which the end of a life is kept for a replay.</param>
/// <param name="GoesOn">What a restart would do: "cold" (nothing is stored), "on" (under the options it was written
/// under), "migrates" (under others, from its marker on) or "refused".</param>
/// <param name="Refusal">Why it would be refused, and what to do.</param>
/// <param name="Marker">How far the partition is.</param>
/// <param name="Damaged">Records that a restart could not use.</param>
/// <param name="Series">The series that were asked for, by id.</param>
internal sealed record PartitionReport(
    [property: JsonPropertyName("partition")] int Partition,
    [property: JsonPropertyName("records")] long Records,
    [property: JsonPropertyName("bytes")] long Bytes,
    [property: JsonPropertyName("seriesCount")] int SeriesCount,
    [property: JsonPropertyName("seriesBytes")] long SeriesBytes,
    [property: JsonPropertyName("lives")] int Lives,
    [property: JsonPropertyName("goesOn")] string GoesOn,
    [property: JsonPropertyName("refusal")] string? Refusal,
    [property: JsonPropertyName("marker")] MarkerReport? Marker,
    [property: JsonPropertyName("damaged")] IReadOnlyList<DamageReport> Damaged,
    [property: JsonPropertyName("series")] IReadOnlyList<UnitReport>? Series)
{
    /// <summary>Whether a restart would use all of it.</summary>
    [JsonIgnore]
    public bool IsSound => Refusal is null && Damaged.Count == 0;

    public static PartitionReport Of(PartitionInspection inspection, InspectStateRequest request) => new(
        inspection.Partition,
        inspection.Records,
        inspection.Bytes,
        inspection.Units.Count,
        inspection.Units.Values.Sum(unit => (long)unit.Bytes),
        inspection.Lives,
        inspection.Obstacle is not null ? "refused"
            : inspection.Marker is null ? "cold"
            : inspection.IsOfAnotherEra ? "migrates"
            : "on",
        inspection.Obstacle,
        inspection.Marker is null ? null : MarkerReport.Of(inspection.Marker),
        [.. inspection.Damaged.Select(DamageReport.Of)],
        request.ListsSeries ? SeriesOf(inspection, request) : null);

    private static UnitReport[] SeriesOf(PartitionInspection inspection, InspectStateRequest request) =>
    [
        .. inspection.Units
            .Select(unit => UnitReport.Of(Encoding.UTF8.GetString(unit.Key), unit.Value))
            .Where(unit => request.Takes(unit.Id))
            .OrderBy(unit => unit.Id, StringComparer.Ordinal),
    ];
}
