using System.Text.Json.Serialization;
using Streaming.Daemon.State;
using Streaming.Daemon.State.Inspection;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Cli.Operations;

/// <summary>The stored state of a series.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Bytes">Bytes of its record.</param>
/// <param name="Offset">Offset of its record in the state topic.</param>
/// <param name="IsDamaged">Whether a restart could not use it: nothing else is known then.</param>
/// <param name="Born">Offset of the record of the input that it began with; null: unknown, it was damaged once.</param>
/// <param name="AsOf">All records of the input before this offset are in it.</param>
/// <param name="Steps">Steps seen since it was last cold; null where its form is not that of the configuration.</param>
/// <param name="StepsNeeded">Steps after which it counts as warm.</param>
/// <param name="Status">"cold" or "warm".</param>
/// <param name="Time">Start of its newest step; null before the first.</param>
internal sealed record UnitReport(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("bytes")] int Bytes,
    [property: JsonPropertyName("offset")] long Offset,
    [property: JsonPropertyName("damaged")] bool IsDamaged,
    [property: JsonPropertyName("born")] long? Born,
    [property: JsonPropertyName("asOf")] long AsOf,
    [property: JsonPropertyName("steps")] long? Steps,
    [property: JsonPropertyName("stepsNeeded")] int? StepsNeeded,
    [property: JsonPropertyName("status")] SeriesStatus? Status,
    [property: JsonPropertyName("time")] DateTime? Time)
{
    public static UnitReport Of(string id, Finding unit) => new(
        id, unit.Bytes, unit.Offset, unit.Damage != StateDamage.None, unit.Born < 0 ? null : unit.Born, unit.AsOf,
        unit.Progress?.Steps, unit.Progress?.StepsNeeded, unit.Progress?.Status, ReportTime.Of(unit.TimeTicks));
}
