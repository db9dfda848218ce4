using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Streaming.Daemon.Configuration;

/// <summary>The forecasts and the dead letters.</summary>
internal sealed record OutputOptions : IValidatableObject
{
    /// <summary>Topic of the forecasts; it needs as many partitions as the input, or as the repartition topic where that is in
    /// use. Default "forecasts".</summary>
    [Required]
    public string Topic { get; init; } = "forecasts";

    /// <summary>Topic of refused records. Empty: "{Application}-dead-letters".</summary>
    public string DeadLetterTopic { get; init; } = "";

    /// <summary>Quantile levels of the intervals, ascending, in (0, 1). Default 0.05 and 0.95.</summary>
    [Length(0, 19)]
    public IReadOnlyList<double> Quantiles { get; init; } = [0.05, 0.95];

    /// <summary>Send CloudEvents headers (binary mode) with each forecast. Default true.</summary>
    public bool CloudEvents { get; init; } = true;

    /// <summary>Say with each forecast how much each expert had in it, as a mean over horizons. Default false.</summary>
    public bool Weights { get; init; }

    /// <summary>What a partition without a committed offset publishes. Default all: also what it finds there.</summary>
    public EmitMode Emit { get; init; } = EmitMode.All;

    /// <summary>The topic of refused records: the one that is set, or the application's own.</summary>
    public string DeadLetterTopicOf(string application) =>
        DeadLetterTopic.Length > 0 ? DeadLetterTopic : $"{application}-dead-letters";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach ((string name, string topic) in new[]
            { (nameof(Topic), Topic), (nameof(DeadLetterTopic), DeadLetterTopic) })
        {
            if (topic.Length > 0 && !ForecasterOptions.IsTopicName(topic))
            {
                yield return new($"'{topic}' must be letters, digits, '.', '_' or '-', at most 249", [name]);
            }
        }

        for (int i = 0; i < Quantiles.Count; i++)
        {
            if (Quantiles[i] is not (> 0 and < 1) || (i > 0 && Quantiles[i] <= Quantiles[i - 1]))
            {
                yield return new(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"must ascend strictly between 0 and 1, but are {string.Join(", ", Quantiles)}"),
                    [nameof(Quantiles)]);
                yield break;
            }
        }
    }
}
