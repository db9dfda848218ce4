using System.ComponentModel.DataAnnotations;
using Streaming.Inference.Experts;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Configuration;

/// <summary>Settings for the series whose id a selector matches; what a rule leaves unset comes from Series.</summary>
internal sealed record RuleOptions
{
    /// <summary>Selector on the series id, '*' for any characters and '?' for one: on all of it, or on its name and
    /// some of its labels, as in cpu{host=web*}. Required.</summary>
    [Required(ErrorMessage = "is required: a series id, with '*' for any characters and '?' for one")]
    [MaxLength(1_024)]
    public string Select { get; init; } = "";

    public string? Step { get; init; }

    public ValueKind? Kind { get; init; }

    public Aggregate? Aggregate { get; init; }

    public string? Unit { get; init; }

    public TimeSpan? Grace { get; init; }

    public TimeSpan? MaxSkew { get; init; }

    public TimeSpan? MaxFuture { get; init; }

    public FillKind? Gap { get; init; }

    public int? MaxGapSteps { get; init; }

    public int? SilenceSteps { get; init; }

    public TimeSpan? IdleAfter { get; init; }

    public string? TimeZone { get; init; }

    public IReadOnlyList<DateOnly>? Holidays { get; init; }

    public TimeSpan? Season { get; init; }

    public int? SeasonSteps { get; init; }

    public IReadOnlyList<TimeSpan>? Horizons { get; init; }

    public double? Minimum { get; init; }

    public double? Maximum { get; init; }

    public PublishKind? Publish { get; init; }

    public int? PublishEverySteps { get; init; }

    public ExpertProfile? Profile { get; init; }

    public int? WindowSteps { get; init; }

    /// <summary>The settings of a series that this rule takes.</summary>
    /// <remarks>A rule's Season also takes the place of inherited SeasonSteps; Horizons, which are times, are not
    /// inherited by steps that are events.</remarks>
    public SeriesOptions Over(SeriesOptions defaults) => defaults with
    {
        Step = Step ?? defaults.Step,
        Kind = Kind ?? defaults.Kind,
        Aggregate = Aggregate ?? defaults.Aggregate,
        Unit = Unit ?? defaults.Unit,
        Grace = Grace ?? defaults.Grace,
        MaxSkew = MaxSkew ?? defaults.MaxSkew,
        MaxFuture = MaxFuture ?? defaults.MaxFuture,
        Gap = Gap ?? defaults.Gap,
        MaxGapSteps = MaxGapSteps ?? defaults.MaxGapSteps,
        SilenceSteps = SilenceSteps ?? defaults.SilenceSteps,
        IdleAfter = IdleAfter ?? defaults.IdleAfter,
        TimeZone = TimeZone ?? defaults.TimeZone,
        Holidays = Holidays ?? defaults.Holidays,
        Season = Season ?? defaults.Season,
        SeasonSteps = SeasonSteps ?? (Season is null ? defaults.SeasonSteps : null),
        Horizons = Horizons ?? (StepLength.IsEvent(Step) ? [] : defaults.Horizons),
        Minimum = Minimum ?? defaults.Minimum,
        Maximum = Maximum ?? defaults.Maximum,
        Publish = Publish ?? defaults.Publish,
        PublishEverySteps = PublishEverySteps ?? defaults.PublishEverySteps,
        Profile = Profile ?? defaults.Profile,
        WindowSteps = WindowSteps ?? defaults.WindowSteps,
    };
}
