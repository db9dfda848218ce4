using System.Text.Json.Serialization;

namespace Streaming.Daemon.Cli.Operations;

/// <summary>What topics create and topics check print, and their --json as one object.</summary>
/// <param name="Application">Whose topics they are.</param>
/// <param name="Topics">All of them, the input first.</param>
internal sealed record TopicReport(
    [property: JsonPropertyName("application")] string Application,
    [property: JsonPropertyName("topics")] IReadOnlyList<TopicFinding> Topics)
{
    /// <summary>Whether the daemon would start.</summary>
    [JsonPropertyName("fits")]
    public bool Fits => Topics.All(topic => topic.Outcome is TopicOutcome.Fits or TopicOutcome.Created);

    /// <summary>Whether all that is missing can be made, and nothing differs.</summary>
    [JsonIgnore]
    public bool CanBeMade => Topics.All(topic => topic.Outcome switch
    {
        TopicOutcome.Missing => topic.Settings is not null,
        TopicOutcome.Differs => false,
        _ => true,
    });
}
