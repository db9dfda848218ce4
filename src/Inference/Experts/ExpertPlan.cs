using System.Collections.Immutable;
using Streaming.Inference.Series;

namespace Streaming.Inference.Experts;

/// <summary>The experts of a kind of series: what all its series share. Immutable, thread-safe.</summary>
/// <remarks>Nothing looks back farther than the window of the kind's profile: longer lags are cut.</remarks>
public sealed class ExpertPlan
{
    private const int MostFoundSeason = 400;
    private const int MostSmoothedSeason = 1_024;

    /// <summary>Steps before forecasts are scored: a season, so that all naive ones are judged by the same times.
    /// </summary>
    private const int LeastUnscored = 24;
    private const int MostUnscored = 192;

    /// <summary>Plans by settings of one's own.</summary>
    /// <param name="profile">Step, season and window.</param>
    /// <param name="horizons">In steps, ascending, [K].</param>
    /// <param name="options">Which experts.</param>
    /// <param name="hidden">Hidden units that the readout sees; zero: no readout.</param>
    /// <param name="members">Members of each series' group, itself included; at most one: no group.</param>
    internal ExpertPlan(
        SeriesProfile profile, ImmutableArray<int> horizons, SeriesExpertsOptions options, int hidden, int members)
    {
        Horizons = [.. horizons];
        Roots = [.. horizons.Select(h => Math.Sqrt(h))];
        Mixing = options.Mixing;
        SeasonSteps = profile.SeasonSteps;
        Seasons = NaiveExperts.SeasonsOf(profile.StepTicks, profile.SeasonSteps, profile.WindowSteps);
        Linear = ExpertRoster.LinearOf(options, hidden, members, profile.WindowSteps - 1);
        Roster = new ExpertRoster(Seasons, Linear);
        int place = Array.IndexOf(Seasons, SeasonSteps);
        Anchor = place < 0 ? ExpertRoster.Persistence : ExpertRoster.FirstSeason + place;
        FoundSeasonSteps = Math.Min(MostFoundSeason, profile.WindowSteps - 2);
        SmoothedSeasonSteps = SeasonSteps <= MostSmoothedSeason ? SeasonSteps : 0;
        FirstScored = Math.Clamp(SeasonSteps, LeastUnscored, MostUnscored);
    }

    /// <summary>Names of the experts, [E].</summary>
    public ReadOnlySpan<string> Names => Roster.Names;

    /// <summary>Horizons in steps, ascending, [K].</summary>
    internal int[] Horizons { get; }

    /// <summary>Their square roots, [K].</summary>
    internal double[] Roots { get; }

    internal ExpertMixtureOptions Mixing { get; }

    /// <summary>The profile's season in steps; zero where none is known.</summary>
    internal int SeasonSteps { get; }

    /// <summary>Seasons of the seasonal naives, in steps, ascending.</summary>
    internal int[] Seasons { get; }

    internal LinearExpertOptions[] Linear { get; }

    internal ExpertRoster Roster { get; }

    /// <summary>Place of the naive expert of the profile's season; of persistence where there is none.</summary>
    internal int Anchor { get; }

    /// <summary>Longest season looked for, in steps.</summary>
    internal int FoundSeasonSteps { get; }

    /// <summary>Season that smoothing keeps, in steps; zero where there is none, or one too long to keep.</summary>
    internal int SmoothedSeasonSteps { get; }

    /// <summary>Steps before forecasts are scored.</summary>
    internal int FirstScored { get; }

    /// <summary>Experts, E.</summary>
    internal int Experts => Roster.Names.Length;

    /// <summary>Plans the experts of a profile.</summary>
    /// <param name="profile">Which experts; step, season and window.</param>
    /// <param name="settings">Horizons.</param>
    /// <param name="hidden">Hidden units of the network's top layer, for the readout; zero: no readout.</param>
    /// <param name="members">Members of each series' group, itself included; 1: no group.</param>
    public static ExpertPlan Of(SeriesProfile profile, ForecasterSettings settings, int hidden, int members = 1)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(settings);
        return new(profile, settings.Horizons, SeriesExpertsOptions.Of(profile.Experts), hidden, members);
    }
}
