using System.Collections.Immutable;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Configuration;

/// <summary>From settings in time spans to a profile in steps and ticks.</summary>
internal static class ProfileFactory
{
    private static readonly TimeSpan DefaultSeason = TimeSpan.FromDays(1);

    /// <summary>Makes the profile of a kind of series.</summary>
    /// <exception cref="ArgumentException">The settings did not pass validation.</exception>
    public static SeriesProfile Create(SeriesOptions options)
    {
        if (!StepLength.TryParse(options.Step, out long stepTicks))
        {
            throw new ArgumentException($"Step '{options.Step}' is neither a time span nor 'event'.", nameof(options));
        }

        int seasonSteps = SeasonSteps(options, stepTicks);
        if (seasonSteps < 0 || (seasonSteps > 0 && seasonSteps >= options.WindowSteps))
        {
            throw new ArgumentException($"A season of {seasonSteps} steps does not fit the window.", nameof(options));
        }

        if (!TimeZones.TryFind(options.TimeZone, out LocalTime? zone))
        {
            throw new ArgumentException($"There is no time zone '{options.TimeZone}'.", nameof(options));
        }

        return new()
        {
            StepTicks = stepTicks,
            Kind = options.Kind,
            Aggregate = options.Aggregate,
            GraceTicks = options.Grace.Ticks,
            MaxSkewTicks = options.MaxSkew.Ticks,
            MaxFutureTicks = options.MaxFuture.Ticks,
            Gap = options.Gap,
            MaxGapSteps = options.MaxGapSteps,
            SilenceSteps = stepTicks == 0 ? 0 : options.SilenceSteps,
            IdleTicks = options.IdleAfter.Ticks,
            Zone = zone,
            Holidays = options.Holidays.Distinct().Order().ToImmutableArray(),
            SeasonSteps = seasonSteps,
            Minimum = options.Minimum,
            Maximum = options.Maximum,
            Experts = options.Profile,
            WindowSteps = options.WindowSteps,
        };
    }

    /// <summary>The season in steps, whether or not it fits the window; zero where there is none.</summary>
    /// <remarks>
    /// SeasonSteps if set; zero in event mode; else Season over Step, rounded. With neither set it is a day where that
    /// makes two steps or more and fits the window, and none otherwise.
    /// </remarks>
    public static int SeasonSteps(SeriesOptions options, long stepTicks)
    {
        if (options.SeasonSteps is { } steps)
        {
            return steps;
        }

        if (stepTicks == 0)
        {
            return 0;
        }

        // At most 366 days over one second: fits an int.
        int rounded = (int)(((options.Season ?? DefaultSeason).Ticks + (stepTicks / 2)) / stepTicks);
        bool usable = rounded >= 2 && rounded < options.WindowSteps;
        return options.Season is null && !usable ? 0 : rounded;
    }
}
