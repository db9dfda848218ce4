using System.Text.Json.Serialization;
using Streaming.Daemon.State;

namespace Streaming.Daemon.Cli.Operations;

/// <summary>A version that came into force in a partition.</summary>
/// <param name="Version">Its name.</param>
/// <param name="Offset">First record of the input that was processed under it.</param>
/// <param name="StreamTime">Stream time then; null: from the partition's beginning.</param>
internal sealed record AdoptionReport(
    [property: JsonPropertyName("version")] string Version,
    [property: JsonPropertyName("offset")] long Offset,
    [property: JsonPropertyName("streamTime")] DateTime? StreamTime)
{
    public static AdoptionReport Of(Adoption adoption) =>
        new(adoption.Version, adoption.Offset, ReportTime.Of(adoption.StreamTimeTicks));
}
