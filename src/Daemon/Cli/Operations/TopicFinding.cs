using System.Text.Json.Serialization;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Cli.Operations;

/// <summary>How a topic was found.</summary>
internal enum TopicOutcome
{
    /// <summary>There, and as it must be.</summary>
    Fits,

    /// <summary>Not there, or not to be seen by this user.</summary>
    Missing,

    /// <summary>There, but not as it must be.</summary>
    Differs,

    /// <summary>Made just now.</summary>
    Created,
}

/// <summary>What is to be said of a topic.</summary>
/// <param name="Topic">Its name.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Outcome">How it was found.</param>
/// <param name="Partitions">Partitions that it has, or shall be made with; null where that is not known.</param>
/// <param name="Settings">Settings that it shall be made with; null where it is there.</param>
/// <param name="Todo">What is wrong, and what to do; null where nothing is.</param>
internal sealed record TopicFinding(
    [property: JsonPropertyName("topic")] string Topic,
    [property: JsonPropertyName("role")] TopicRole Role,
    [property: JsonPropertyName("outcome")] TopicOutcome Outcome,
    [property: JsonPropertyName("partitions")] int? Partitions,
    [property: JsonPropertyName("settings")] IReadOnlyDictionary<string, string>? Settings,
    [property: JsonPropertyName("todo")] string? Todo)
{
    /// <summary>A topic that is there; <paramref name="problem"/> says what is wrong with it, if anything is.</summary>
    public static TopicFinding Of(string topic, TopicRole role, int partitions, KafkaSetupException? problem) => new(
        topic, role, problem is null ? TopicOutcome.Fits : TopicOutcome.Differs, partitions, null, problem?.Message);

    /// <summary>A topic that can be made.</summary>
    public static TopicFinding Absent(string topic, TopicRole role, int partitions)
    {
        IReadOnlyDictionary<string, string> settings = TopicSettings.Of(role);
        string named = string.Join(", ", settings.Select(setting => $"{setting.Key}={setting.Value}"));
        return new(
            topic, role, TopicOutcome.Missing, partitions, settings,
            $"Create it with {partitions} {(partitions == 1 ? "partition" : "partitions")} and {named}: forecaster topics "
            + "create does.");
    }
}
