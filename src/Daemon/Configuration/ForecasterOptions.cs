using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace Streaming.Daemon.Configuration;

/// <summary>The whole configuration: one record a section, immutable once bound.</summary>
internal sealed partial record ForecasterOptions : IValidatableObject
{
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

    public ModelOptions Model { get; init; } = new();

    public TrainingOptions Training { get; init; } = new();

    public PipelineOptions Pipeline { get; init; } = new();

    public HttpOptions Http { get; init; } = new();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!TopicName().IsMatch(Application))
        {
            yield return new($"Application ('{Application}') must be letters, digits, '.', '_' or '-', at most 200.");
        }
    }

    /// <summary>What Kafka accepts as a topic's name, with room left for our suffixes.</summary>
    [GeneratedRegex("^[a-zA-Z0-9._-]{1,200}$")]
    internal static partial Regex TopicName();
}
