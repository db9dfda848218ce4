using System.Text;
using System.Text.Json.Serialization;
using Streaming.Daemon.State;
using Streaming.Daemon.State.Inspection;

namespace Streaming.Daemon.Cli.Operations;

/// <summary>A record of the state topic that a restart could not use.</summary>
/// <param name="Kind">What it holds: "marker", "unit" (a series) or "lives".</param>
/// <param name="Series">Id of the series; null for the marker.</param>
/// <param name="Offset">Its offset.</param>
/// <param name="Reason">"checksum", "unknownVersion" or "content".</param>
internal sealed record DamageReport(
    [property: JsonPropertyName("kind")] StateKind Kind,
    [property: JsonPropertyName("series")] string? Series,
    [property: JsonPropertyName("offset")] long Offset,
    [property: JsonPropertyName("reason")] StateDamage Reason)
{
    public static DamageReport Of(DamagedRecord record) => new(
        record.Kind, record.Kind == StateKind.Marker ? null : Encoding.UTF8.GetString(record.Id), record.Offset,
        record.Damage);
}
