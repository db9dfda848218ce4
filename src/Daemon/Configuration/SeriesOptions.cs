using System.ComponentModel.DataAnnotations;
using System.Text;
using Streaming.Inference.Experts;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Configuration;

/// <summary>How the events of a series become steps, and what is kept of them.</summary>
internal sealed record SeriesOptions : IValidatableObject
{
    /// <summary>Length of a step as a time span ("00:05:00", 1 s to 366 days), or "event" for one step a record.
    /// Default 1 min.</summary>
    [Required]
    public string Step { get; init; } = "00:01:00";

    /// <summary>What the values are: gauge, counter (a running total, taken as a rate per second), delta, or auto: what
    /// the producer says, else counter for names that end in _total, _count or _sum, and for buckets. Default
    /// auto.</summary>
    public ValueKind Kind { get; init; } = ValueKind.Auto;

    /// <summary>What the values of one step become: mean, last, sum, min, max or count. Default unset: the sum for
    /// deltas, else the mean.</summary>
    public Aggregate? Aggregate { get; init; }

    /// <summary>Unit of the steps, as forecasts tell it: of counters, that of a rate. Default unset: what the producer
    /// says, if it does.</summary>
    public string? Unit { get; init; }

    /// <summary>How long past its end a step stays open for the series' own late records. Default 0.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")]
    public TimeSpan Grace { get; init; } = TimeSpan.Zero;

    /// <summary>How far the partition's stream time may run ahead of a series, past its grace, before it closes
    /// that series' steps. Default 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "36500.00:00:00")]
    public TimeSpan MaxSkew { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How far an event time may lie past its record's Kafka timestamp, until three series (all, if fewer)
    /// confirm that times are ahead. Default 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "36500.00:00:00")]
    public TimeSpan MaxFuture { get; init; } = TimeSpan.FromHours(1);

    /// <summary>What fills a gap once the next value has come: hold (the last value), linear, seasonal, or model (what
    /// was forecast). Default hold.</summary>
    public FillKind Gap { get; init; } = FillKind.Hold;

    /// <summary>Longest gap, in steps, that is filled; past it a series starts cold again. Default 24.</summary>
    [Range(0, 1_024)]
    public int MaxGapSteps { get; init; } = 24;

    /// <summary>Steps without a value, by the partition's stream time, after which the series is published as missing,
    /// once; 0: never. Unused in event mode. Default 0.</summary>
    [Range(0, 65_536)]
    public int SilenceSteps { get; init; }

    /// <summary>How much of the partition's stream time may pass without a value before a series is forgotten; 0: it is
    /// kept for good. Default 0.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "36500.00:00:00")]
    public TimeSpan IdleAfter { get; init; } = TimeSpan.Zero;

    /// <summary>IANA name of the time zone, such as Europe/Berlin: time of day and week, and the midnights at which
    /// steps of a day or more begin, follow its clocks. Default UTC.</summary>
    [Required]
    public string TimeZone { get; init; } = TimeZones.Utc;

    /// <summary>Days that are holidays, by the clocks of TimeZone, for the feature holiday. Default none.</summary>
    [Length(0, 10_000)]
    public IReadOnlyList<DateOnly> Holidays { get; init; } = [];

    /// <summary>Season as a time span; 0: none. Unused in event mode, see SeasonSteps. Default unset: one day where
    /// that fits the window, else none.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "366.00:00:00")]
    public TimeSpan? Season { get; init; }

    /// <summary>Season in steps; set, it takes the place of Season. 0: none known. Default unset.</summary>
    [Range(0, SeriesProfile.MaxWindowSteps)]
    public int? SeasonSteps { get; init; }

    /// <summary>Horizons to publish, as time spans, out of those that Model:Horizons makes with this Step; none: all of
    /// them. Not in event mode. Default none.</summary>
    [Length(0, 64)]
    public IReadOnlyList<TimeSpan> Horizons { get; init; } = [];

    /// <summary>Least forecast and quantile, such as 0, in the unit of the steps: of counters, a rate. Values are taken
    /// as they come. Default unset: any.</summary>
    public double? Minimum { get; init; }

    /// <summary>Largest forecast and quantile. Default unset: any.</summary>
    public double? Maximum { get; init; }

    /// <summary>Which forecasts are published: all, or those that come with an anomaly. News of silence always are.
    /// Default all.</summary>
    public PublishKind Publish { get; init; } = PublishKind.All;

    /// <summary>Of all forecasts, those of every so manieth step are published, and those that come with an anomaly;
    /// steps are counted on the grid, in event mode from the first event that is known. Default 1: of every step.
    /// </summary>
    [Range(1, 65_536)]
    public int PublishEverySteps { get; init; } = 1;

    /// <summary>What a series may cost: scale (the network and simple experts), balanced (a short linear expert beside
    /// them) or accuracy (linear experts of several lengths, and the network's state as their input). Default balanced.
    /// </summary>
    public ExpertProfile Profile { get; init; } = ExpertProfile.Balanced;

    /// <summary>Past values kept per series, in steps; no expert looks farther back. Default 672 (four weeks, hourly).
    /// </summary>
    [Range(SeriesProfile.MinWindowSteps, SeriesProfile.MaxWindowSteps)]
    public int WindowSteps { get; init; } = 672;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!StepLength.TryParse(Step, out long stepTicks))
        {
            if (Step.Length > 0)
            {
                yield return new(
                    $"'{Step}' must be a time span such as 00:05:00, from 1 s to 366 days, or event", [nameof(Step)]);
            }

            yield break;
        }

        if (TimeZone.Length > 0 && !TimeZones.TryFind(TimeZone, out _))
        {
            yield return new(
                $"'{TimeZone}' is no time zone of this machine; it must be a name such as Europe/Berlin, and tzdata be "
                + "there",
                [nameof(TimeZone)]);
        }

        if (Unit is not null && !MeasureUnit.IsValid(Encoding.UTF8.GetBytes(Unit)))
        {
            yield return new(
                $"must be 1 to {MeasureUnit.MaxBytes} bytes of text without quotes, backslashes and control characters",
                [nameof(Unit)]);
        }

        TimeSpan open = TimeSpan.FromTicks(stepTicks) + Grace + MaxSkew;
        if (IdleAfter > TimeSpan.Zero && IdleAfter <= open)
        {
            yield return new($"must exceed Step + Grace + MaxSkew ({open}), or 0", [nameof(IdleAfter)]);
        }

        if (Minimum >= Maximum)
        {
            yield return new($"must exceed Minimum ({Minimum})", [nameof(Maximum)]);
        }

        string name = SeasonSteps is null ? nameof(Season) : nameof(SeasonSteps);
        int season = ProfileFactory.SeasonSteps(this, stepTicks);
        if (season > 0 && season >= WindowSteps)
        {
            yield return new(
                $"a season of {season} steps needs a longer window than WindowSteps ({WindowSteps})", [name]);
        }
        else if (season == 1 || (season == 0 && SeasonSteps is null && stepTicks > 0 && Season > TimeSpan.Zero))
        {
            yield return new("a season must have at least two steps; 0 for none", [name]);
        }
    }
}
