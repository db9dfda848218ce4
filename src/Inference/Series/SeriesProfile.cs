using System.Collections.Immutable;
using Streaming.Inference.Experts;

namespace Streaming.Inference.Series;

/// <summary>Immutable settings that a kind of series shares: its grid, season and window.</summary>
public sealed record SeriesProfile
{
    /// <summary>Least window, in steps.</summary>
    public const int MinWindowSteps = 8;

    /// <summary>Largest window, in steps: bounds the memory of a series.</summary>
    public const int MaxWindowSteps = 65_536;

    /// <summary>Length of a step in ticks of 100 ns; zero for one step a record.</summary>
    public required long StepTicks { get; init; }

    /// <summary>What the values of one step become; null: their sum for deltas, else their mean.</summary>
    public Aggregate? Aggregate { get; init; }

    /// <summary>What the values are.</summary>
    public ValueKind Kind { get; init; } = ValueKind.Auto;

    /// <summary>How long past its end a step stays open for the series' own records, in ticks.</summary>
    public long GraceTicks { get; init; }

    /// <summary>How far stream time may run ahead of a series before it closes that series' steps, in ticks.</summary>
    public long MaxSkewTicks { get; init; }

    /// <summary>How far an event time may lie past its record's Kafka timestamp, in ticks.</summary>
    public long MaxFutureTicks { get; init; } = TimeSpan.TicksPerHour;

    /// <summary>Longest gap that is filled, in steps; past it the series starts cold again.</summary>
    public int MaxGapSteps { get; init; } = 24;

    /// <summary>What fills it.</summary>
    public FillKind Gap { get; init; } = FillKind.Hold;

    /// <summary>Steps without a value after which a series is said to be missing; 0: never. Not in event mode.</summary>
    public int SilenceSteps { get; init; }

    /// <summary>Stream time without a value after which a series is let go, in ticks; 0: never.</summary>
    public long IdleTicks { get; init; }

    /// <summary>Time zone of the calendar, and of steps of a day or more; null: UTC.</summary>
    public LocalTime? Zone { get; init; }

    /// <summary>Days, on the clocks of the zone, that are holidays; ascending.</summary>
    public ImmutableArray<DateOnly> Holidays { get; init; } = [];

    /// <summary>Season in steps; zero where none is known.</summary>
    public int SeasonSteps { get; init; }

    /// <summary>Least forecast and quantile, in the series' unit; null: any.</summary>
    public double? Minimum { get; init; }

    /// <summary>Largest forecast and quantile, in the series' unit, above <see cref="Minimum"/>; null: any.</summary>
    public double? Maximum { get; init; }

    /// <summary>Which experts forecast the series.</summary>
    public ExpertProfile Experts { get; init; } = ExpertProfile.Balanced;

    /// <summary>Past values kept, in steps.</summary>
    public int WindowSteps { get; init; } = 672;

    /// <summary>Whether each record is a step of its own.</summary>
    public bool IsEventMode => StepTicks == 0;

    /// <summary>What the values of one step become, where they are of a kind.</summary>
    public Aggregate AggregateOf(ValueKind kind) =>
        Aggregate ?? (kind == ValueKind.Delta ? Series.Aggregate.Sum : Series.Aggregate.Mean);

    /// <summary>What is forecast in place of a number: the nearest that there may be. NaN stays.</summary>
    public double Bound(double forecast) =>
        Math.Clamp(forecast, Minimum ?? double.NegativeInfinity, Maximum ?? double.PositiveInfinity);

    /// <summary>Whether steps follow the clocks of the zone: those of a day or more do.</summary>
    private bool IsLocal => Zone is not null && StepTicks >= TimeSpan.TicksPerDay;

    /// <summary>Number of the step that a moment lies in; not in event mode.</summary>
    /// <remarks>
    /// Steps shorter than a day count from 0001-01-01 in UTC. Steps of a day or more do so by local time: a day then
    /// begins at local midnight and has 23 or 25 hours where clocks change, and weeks begin on Mondays.
    /// </remarks>
    public long IndexOf(long utcTicks)
    {
        if (!IsLocal)
        {
            return utcTicks / StepTicks;
        }

        long index = Zone!.Of(utcTicks) / StepTicks;
        return utcTicks < StartOf(index + 1) ? index : index + 1; // clocks went back over midnight: it has begun already
    }

    /// <summary>First moment of a step, in UTC ticks; not in event mode.</summary>
    public long StartOf(long index) => IsLocal ? Zone!.FirstAt(index * StepTicks) : index * StepTicks;

    /// <summary>Where the step that begins at a moment ends, on local clocks; in event mode that moment.</summary>
    public long LocalEndOf(long startTicks)
    {
        long end = IsLocal ? StartOf(IndexOf(startTicks) + 1) : startTicks + StepTicks;
        return Zone is null ? end : Zone.Of(end);
    }

    /// <summary>Whether a moment on local clocks lies in a holiday.</summary>
    public bool IsHoliday(long localTicks) =>
        Holidays.BinarySearch(DateOnly.FromDayNumber((int)(localTicks / TimeSpan.TicksPerDay))) >= 0;
}
