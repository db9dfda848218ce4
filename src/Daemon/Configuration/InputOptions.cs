using System.ComponentModel.DataAnnotations;
using Streaming.Daemon.Decoding;

namespace Streaming.Daemon.Configuration;

/// <summary>Unit of a numeric event time.</summary>
internal enum TimeUnit
{
    /// <summary>By magnitude: seconds, milliseconds, microseconds or nanoseconds since 1970.</summary>
    Auto,
    Seconds,
    Milliseconds,
    Microseconds,
    Nanoseconds,
}

/// <summary>The events: their topic, their format, and where a record keeps series, time and value.</summary>
internal sealed record InputOptions : IValidatableObject
{
    /// <summary>Most covariates.</summary>
    public const int MaxCovariates = 12;

    /// <summary>Topic to read. Default "events".</summary>
    [Required]
    public string Topic { get; init; } = "events";

    /// <summary>Wire format of the records. Default auto: recognized record by record.</summary>
    public InputFormat Format { get; init; } = InputFormat.Auto;

    /// <summary>Whether records pass through "{Application}-repartition", keyed by series id. Default auto: where
    /// series are named by labels.</summary>
    public RepartitionMode Repartition { get; init; } = RepartitionMode.Auto;

    /// <summary>Path of the series id in the JSON document, parts separated by dots; "kafka.key" is the record's key.
    /// Default "series".</summary>
    [Required]
    public string SeriesPath { get; init; } = "series";

    /// <summary>Path of the event time: ISO 8601 text or a number since 1970; "kafka.timestamp" is the record's Kafka
    /// timestamp. Default "time".</summary>
    [Required]
    public string TimePath { get; init; } = "time";

    /// <summary>Path of the value, a finite number. Default "value".</summary>
    [Required]
    public string ValuePath { get; init; } = "value";

    /// <summary>Further values of an event, for features of the same name: each a name, or name=path where it lies elsewhere;
    /// paths of JSON documents, fields of lines of Influx, columns of CSV lines. Default none.</summary>
    [Length(0, MaxCovariates)]
    public IReadOnlyList<string> Covariates { get; init; } = [];

    /// <summary>Columns of CSV lines.</summary>
    public CsvInputOptions Csv { get; init; } = new();

    /// <summary>Unit of a numeric event time. Default auto.</summary>
    public TimeUnit TimeUnit { get; init; } = TimeUnit.Auto;

    /// <summary>Patterns ('*' for any characters, '?' for one) of the labels that go into series ids; none: all. Default
    /// none.</summary>
    [Length(0, 64)]
    public IReadOnlyList<string> KeepLabels { get; init; } = [];

    /// <summary>Patterns of the labels that don't, kept or not: series that differ in nothing else become one. Default
    /// none.</summary>
    [Length(0, 64)]
    public IReadOnlyList<string> DropLabels { get; init; } = [];

    /// <summary>Whether the buckets of histograms are series, as Prometheus names them: {name}_bucket{le=…}. Default
    /// false.</summary>
    public bool Buckets { get; init; }

    /// <summary>Patterns of the series ids that are forecast, as a rule's Select; none: all. Default none.</summary>
    [Length(0, 256)]
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>Patterns of those that are not, included or not; they are counted and left, without dead letters. Default
    /// none.</summary>
    [Length(0, 256)]
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Schemas of Avro and Protobuf records.</summary>
    public SchemaOptions Schema { get; init; } = new();

    /// <summary>Where a partition without a committed offset starts: "earliest", "latest", or a time span, the age of
    /// the first record by Kafka's timestamps. Default earliest.</summary>
    [Required]
    public string Start { get; init; } = StartPoint.Earliest;

    /// <summary>Records to pass over, as topic-partition@offset: those that end the process. Default none.</summary>
    [Length(0, 256)]
    public IReadOnlyList<string> Skip { get; init; } = [];

    /// <summary>Name of each covariate, and where it lies.</summary>
    public IEnumerable<(string Name, string Path)> CovariatePaths() => Covariates.Select(entry =>
        entry.IndexOf('=', StringComparison.Ordinal) is var at and >= 0 ? (entry[..at], entry[(at + 1)..]) : (entry, entry));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Topic.Length > 0 && !ForecasterOptions.IsTopicName(Topic))
        {
            yield return new($"'{Topic}' must be letters, digits, '.', '_' or '-', at most 249", [nameof(Topic)]);
        }

        if (Start.Length > 0 && !StartPoint.IsValid(Start))
        {
            yield return new(
                $"'{Start}' must be earliest, latest, or a time span up to 36500 days such as 14.00:00:00 (two weeks)",
                [nameof(Start)]);
        }

        if (Buckets && !new LabelFilter(this).Keeps("le"u8))
        {
            yield return new(
                "buckets differ in their label le: add it to Input:KeepLabels, or take it out of Input:DropLabels",
                [nameof(Buckets)]);
        }

        foreach (string place in Skip.Where(place => !SkipPlace.TryParse(place, out _)))
        {
            yield return new($"'{place}' must be topic-partition@offset, such as {Topic}-3@12345", [nameof(Skip)]);
        }

        foreach ((string name, string path) in new[]
            { (nameof(SeriesPath), SeriesPath), (nameof(TimePath), TimePath), (nameof(ValuePath), ValuePath) })
        {
            if (path.Length > 0 && path.Split('.').Any(part => part.Length == 0))
            {
                yield return new($"'{path}' has an empty part; write it as name or outer.inner", [name]);
            }
            else if (path is KafkaPath.Key or KafkaPath.Timestamp)
            {
                string place = path == KafkaPath.Key ? nameof(SeriesPath) : nameof(TimePath);
                if (name != place)
                {
                    yield return new($"'{path}' is for Input:{place} alone", [name]);
                }
            }
            else if (Format == InputFormat.Csv && path.Length > 0 && Csv.IndexOf(path) < 0)
            {
                yield return new($"'{path}' is none of Input:Csv:Columns, nor the number of one (from 1)", [name]);
            }
        }
    }
}
