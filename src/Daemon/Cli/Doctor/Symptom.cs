using System.Text.Json.Serialization;

namespace Streaming.Daemon.Cli.Doctor;

/// <summary>What was found in one place.</summary>
/// <param name="Verdict">How good it is.</param>
/// <param name="Check">What was looked at: certificates, registry, brokers, topics, replicas, settings, rights,
/// records, clock, transactions.</param>
/// <param name="Place">Where: a broker, a topic, a file, ….</param>
/// <param name="Found">What is there.</param>
/// <param name="Todo">What to do; null where there is nothing to do.</param>
internal sealed record Symptom(
    [property: JsonPropertyName("verdict")] Verdict Verdict,
    [property: JsonPropertyName("check")] string Check,
    [property: JsonPropertyName("place")] string Place,
    [property: JsonPropertyName("found")] string Found,
    [property: JsonPropertyName("todo")] string? Todo = null)
{
    /// <summary>Something that can't be looked at, since the brokers refuse or don't answer.</summary>
    public static Symptom Unknown(string check, string place, string why) => new(
        Verdict.Unknown, check, place, why, null);
}
