using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace Streaming.Daemon.Configuration;

/// <summary>The whole configuration: one record a section, immutable once bound.</summary>
internal sealed partial record ForecasterOptions : IValidatableObject
{
    /// <summary>Kafka allows 249 characters; the rest is for the suffixes of our topics.</summary>
    private const int MaxApplicationLength = 200;

    /// <summary>Prefix of the topics this deployment owns, and its consumer group. Default "forecaster".</summary>
    [Required]
    public string Application { get; init; } = "forecaster";

    public KafkaOptions Kafka { get; init; } = new();

    public InputOptions Input { get; init; } = new();

    public OutputOptions Output { get; init; } = new();

    /// <summary>Settings of every series that no rule takes.</summary>
    public SeriesOptions Series { get; init; } = new();

    /// <summary>Settings for kinds of series; the first rule whose selector matches the series id wins.</summary>
    public IReadOnlyList<RuleOptions> Rules { get; init; } = [];

    /// <summary>Groups of related series, by their ids; 256 members at most in all.</summary>
    public IReadOnlyList<GroupOptions> Groups { get; init; } = [];

    public ModelOptions Model { get; init; } = new();

    public TrainingOptions Training { get; init; } = new();

    public PipelineOptions Pipeline { get; init; } = new();

    public StateOptions State { get; init; } = new();

    public HttpOptions Http { get; init; } = new();

    /// <summary>Topic through which records pass where they are repartitioned, and the group that does it.</summary>
    internal string RepartitionTopic => $"{Application}-repartition";

    /// <summary>Topic of the state of series and of markers, compacted.</summary>
    internal string StateTopic => $"{Application}-state";

    /// <summary>Topic that keeps the versions, of which one is in force.</summary>
    internal string ModelsTopic => $"{Application}-models";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Application.Length > 0 && (!IsTopicName(Application) || Application.Length > MaxApplicationLength))
        {
            yield return new(
                $"'{Application}' must be letters, digits, '.', '_' or '-', at most {MaxApplicationLength}",
                [nameof(Application)]);
        }
    }

    /// <summary>Whether Kafka accepts a name for a topic or a group's member.</summary>
    internal static bool IsTopicName(string name) => name is not ("." or "..") && LegalName().IsMatch(name);

    [GeneratedRegex(@"\A[a-zA-Z0-9._-]{1,249}\z")]
    private static partial Regex LegalName();
}
