using System.Text.Json.Serialization;
using Streaming.Daemon.State;

namespace Streaming.Daemon.Cli.Operations;

/// <summary>A partition's marker.</summary>
/// <param name="Committed">Offset of the next record of the input: all before it is done and published.</param>
/// <param name="LiveFrom">Offset from which forecasts are published.</param>
/// <param name="LowWater">Offset from which a restart reads again; null: from the log's beginning.</param>
/// <param name="StreamTime">Stream time there; null before the first record.</param>
/// <param name="SeriesAtLowWater">Series that were there.</param>
/// <param name="LateRecords">Late records so far.</param>
/// <param name="Skipped">Offsets that were passed over on request, from low water on.</param>
/// <param name="Adoptions">Versions in force anywhere from low water on, the oldest first.</param>
/// <param name="Application">Application it belongs to.</param>
/// <param name="Cluster">Id of the cluster it was written on.</param>
/// <param name="InputTopicId">Id of the topic that is forecast from.</param>
/// <param name="Configuration">Hash of the options that reach forecasts.</param>
/// <param name="Structure">Hash of those that give the state its form.</param>
/// <param name="Revision">Revision of the arithmetic.</param>
internal sealed record MarkerReport(
    [property: JsonPropertyName("committed")] long Committed,
    [property: JsonPropertyName("liveFrom")] long LiveFrom,
    [property: JsonPropertyName("lowWater")] long? LowWater,
    [property: JsonPropertyName("streamTime")] DateTime? StreamTime,
    [property: JsonPropertyName("seriesAtLowWater")] int SeriesAtLowWater,
    [property: JsonPropertyName("lateRecords")] long LateRecords,
    [property: JsonPropertyName("skipped")] IReadOnlyList<long> Skipped,
    [property: JsonPropertyName("adoptions")] IReadOnlyList<AdoptionReport> Adoptions,
    [property: JsonPropertyName("application")] string Application,
    [property: JsonPropertyName("cluster")] string Cluster,
    [property: JsonPropertyName("inputTopicId")] string InputTopicId,
    [property: JsonPropertyName("configuration")] string Configuration,
    [property: JsonPropertyName("structure")] string Structure,
    [property: JsonPropertyName("revision")] int Revision)
{
    public static MarkerReport Of(Marker marker) => new(
        marker.Committed,
        marker.LiveFrom,
        marker.LowWater.IsBeforeAll ? null : marker.LowWater.Offset,
        ReportTime.Of(marker.LowWater.StreamTimeTicks),
        marker.LowWater.SeriesCount,
        marker.LateRecords,
        marker.Skipped,
        [.. marker.Adoptions.Select(AdoptionReport.Of)],
        marker.Application,
        marker.Cluster,
        marker.InputTopic,
        $"{marker.Era.Configuration:x16}",
        $"{marker.Era.Structure:x16}",
        marker.Era.Revision);
}
