using System.Text.Json;
using System.Text.Json.Serialization;

namespace Benchmarks.Decode;

/// <summary>System.Text.Json as one would use it: source-generated, the time parsed.</summary>
internal static partial class Peer
{
    public static Event Read(byte[] record) => JsonSerializer.Deserialize(record, EventContext.Default.Event)!;

    /// <summary>The record of format json.</summary>
    public sealed record Event(
        [property: JsonPropertyName("series")] string Series,
        [property: JsonPropertyName("time")] DateTimeOffset Time,
        [property: JsonPropertyName("value")] double Value);

    [JsonSerializable(typeof(Event))]
    private sealed partial class EventContext : JsonSerializerContext;
}
