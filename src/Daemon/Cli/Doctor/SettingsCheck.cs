using System.Globalization;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Cli.Doctor;

/// <summary>Whether a topic's settings go together with what is kept in it, and for how long.</summary>
/// <remarks>Its cleanup.policy is looked at with the topics.</remarks>
/// <param name="options">The deployment.</param>
internal sealed class SettingsCheck(ForecasterOptions options)
{
    private const string Name = "settings";
    private const string LogAppendTime = "LogAppendTime";

    private static readonly TimeSpan ShortStop = TimeSpan.FromDays(1);

    /// <param name="topic">The topic.</param>
    /// <param name="settings">Its settings.</param>
    public IEnumerable<Symptom> Look(NeededTopic topic, IReadOnlyDictionary<string, string> settings)
    {
        if (topic.IsWritten && Number(settings, TopicSettings.LargestBatch) is { } bytes
            && bytes < ClientProperties.MessageBytes)
        {
            yield return new(
                Verdict.Problem, Name, topic.Name,
                FormattableString.Invariant($"{TopicSettings.LargestBatch} is {bytes}: larger batches are refused"),
                FormattableString.Invariant($"Set it to {ClientProperties.MessageBytes} at least, the brokers' default."));
        }

        if (Number(settings, TopicSettings.Retention) is { } retentionMs and >= 0)
        {
            Symptom? kept = topic.Role switch
            {
                TopicRole.Input => Input(topic.Name, retentionMs),
                TopicRole.Repartition => Repartition(topic.Name, settings, retentionMs),
                _ => null,
            };
            if (kept is not null)
            {
                yield return kept;
            }
        }
    }

    /// <summary>A restart reads again what State:CheckpointInterval has not stored, and all since it stopped.</summary>
    private Symptom Input(string topic, long retentionMs)
    {
        TimeSpan kept = TimeSpan.FromMilliseconds(Math.Min(retentionMs, TimeSpan.MaxValue.TotalMilliseconds / 2));
        string found = $"{TopicSettings.Retention} keeps records for {Text(kept)}";
        if (kept < 2 * options.State.CheckpointInterval)
        {
            return new(
                Verdict.Problem, Name, topic, $"{found}, less than twice State:CheckpointInterval",
                "A restart may find records gone that series need, which then start cold: keep them longer, for as long as "
                + "the deployment may be down.");
        }

        if (StartPoint.TryParseAge(options.Input.Start, out TimeSpan age) && age > kept)
        {
            return new(
                Verdict.Warning, Name, topic, $"{found}, less than Input:Start {options.Input.Start} asks for",
                $"Set {TopicSettings.Retention} as high, or expect a shorter history.");
        }

        return kept < ShortStop
            ? new(
                Verdict.Warning, Name, topic, found,
                "After a stop that is longer, series that missed records start cold: keep them for as long as the "
                + "deployment may be down.")
            : new(Verdict.Ok, Name, topic, found);
    }

    private static Symptom? Repartition(
        string topic, IReadOnlyDictionary<string, string> settings, long retentionMs) =>
        settings.GetValueOrDefault(TopicSettings.TimestampType) == LogAppendTime
            ? null
            : new(
                Verdict.Warning, Name, topic,
                FormattableString.Invariant($"{TopicSettings.Retention} is {retentionMs}"),
                "Messages have the timestamps of their records: a history older than that is deleted as it comes. Set it to "
                + "-1, and bound the topic by retention.bytes.");

    private static string Text(TimeSpan span) => span.ToString("c", CultureInfo.InvariantCulture);

    private static long? Number(IReadOnlyDictionary<string, string> settings, string name) =>
        long.TryParse(settings.GetValueOrDefault(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out long number)
            ? number
            : null;
}
