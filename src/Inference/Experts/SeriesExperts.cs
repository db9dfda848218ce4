using Streaming.Inference.Series;

namespace Streaming.Inference.Experts;

/// <summary>All experts of one series and their mixture.</summary>
/// <remarks>
/// Keeps a window, a slow mean and a slow scale of its own: experts that learn over months must not measure in units of
/// yesterday. One step settles what is due, lets each expert forecast and mixes them. Allocates nothing in a step. Not
/// thread-safe.
/// </remarks>
internal sealed class SeriesExperts
{
    private const int SpanSteps = 1_000;
    private const int FoundSeasonSteps = 400;

    /// <summary>Steps before forecasts are scored: a season, so that all naive ones are judged by the same times.
    /// </summary>
    private const int LeastUnscored = 24;
    private const int MostUnscored = 192;

    private readonly int[] horizons;
    private readonly double[] roots;
    private readonly int anchorSeason;
    private readonly LinearExpertOptions[] plans;
    private readonly int anchor;
    private readonly int[] seasons;
    private readonly SeasonFinder finder;
    private readonly SmoothingExpert smoothing;
    private readonly LinearExpert[] linear;
    private readonly double[] forecasts;
    private readonly double[] calendar = new double[CalendarTerms.Count];
    private readonly double[] outside;
    private readonly int[] anchors;
    private readonly ExpertRoster roster;
    private readonly int firstScored;
    private long step;
    private Scaler scaler;
    private IntermittentExpert intermittent;

    /// <summary>Creates the experts of a series that has seen nothing.</summary>
    /// <param name="stepTicks">Length of its step; zero in event mode.</param>
    /// <param name="seasonSteps">Its season; zero where none is known.</param>
    /// <param name="horizons">In steps, ascending, [K].</param>
    /// <param name="hidden">Hidden units that the readout sees; zero: no readout.</param>
    /// <param name="members">Members of its group, itself included; at most one: no group.</param>
    /// <param name="options">Which experts.</param>
    public SeriesExperts(
        long stepTicks, int seasonSteps, ReadOnlySpan<int> horizons, int hidden, int members,
        SeriesExpertsOptions options)
    {
        this.horizons = horizons.ToArray();
        roots = [.. this.horizons.Select(h => Math.Sqrt(h))];
        anchorSeason = seasonSteps;
        firstScored = Math.Clamp(seasonSteps, LeastUnscored, MostUnscored);
        plans = ExpertRoster.LinearOf(options, hidden, members);
        linear = [.. plans.Select(plan => new LinearExpert(plan, this.horizons, seasonSteps))];
        int kept = linear.Select(one => one.WindowSteps)
            .Append(8 * Math.Max(seasonSteps, 24)).Append(FoundSeasonSteps).Max();
        seasons = NaiveExperts.SeasonsOf(stepTicks, seasonSteps, kept);
        roster = new ExpertRoster(seasons, plans);
        int place = Array.IndexOf(seasons, seasonSteps);
        anchor = place < 0 ? ExpertRoster.Persistence : ExpertRoster.FirstSeason + place;
        Window = new Window(kept + this.horizons[^1], keepsTimes: false);
        finder = new SeasonFinder(FoundSeasonSteps);
        smoothing = new SmoothingExpert(seasonSteps);
        outside = new double[plans.Select(plan => plan.OutsideFeatures).DefaultIfEmpty(0).Max()];
        forecasts = new double[roster.Names.Length * horizons.Length];
        anchors = new int[horizons.Length];
        Mixture = new ExpertMixture(roster.Kinds, horizons, options.Mixing);
    }

    /// <summary>Names of the experts, [E].</summary>
    public string[] Names => roster.Names;

    /// <summary>Its last values.</summary>
    public Window Window { get; }

    /// <summary>A slow running mean, in the series' unit.</summary>
    public double Mean => scaler.Mean;

    /// <summary>A slow scale, in the series' unit.</summary>
    public double Unit => scaler.Scale;

    /// <summary>Unit in which the last forecasts will be scored; zero: they will not.</summary>
    public double ScoredUnit { get; private set; }

    /// <summary>What mixes them.</summary>
    public ExpertMixture Mixture { get; }

    /// <summary>Forecasts of the last step, [E, K]; NaN where an expert has none.</summary>
    public ReadOnlySpan<double> Forecasts => forecasts;

    /// <summary>Place of the naive expert that speaks at each horizon while nothing is known of the others, [K].
    /// </summary>
    public ReadOnlySpan<int> Anchors => anchors;

    /// <summary>Times a linear expert started anew because rounding had spoilt it.</summary>
    public int Restarts => linear.Sum(one => one.Restarts);

    /// <summary>Bytes of all its arrays.</summary>
    /// <remarks>What they are made of: docs/benchmarks/experts.md.</remarks>
    public long Bytes => linear.Sum(one => one.Bytes)
        + ExpertMixture.BytesOf(roster.Names.Length, horizons.Length, horizons[^1])
        + SmoothingExpert.BytesOf(anchorSeason) + SeasonFinder.BytesOf(FoundSeasonSteps) + Window.Bytes
        + SeriesMemory.ArrayOf<double>(forecasts.Length);

    /// <summary>Takes the value of the next step, and settles the forecasts made for it.</summary>
    /// <param name="value">Finite, in the series' unit.</param>
    /// <param name="isHeld">Whether it was filled in, not observed.</param>
    public void Take(double value, bool isHeld)
    {
        Mixture.Settle(isHeld ? double.NaN : value);
        if (!isHeld)
        {
            scaler.Add(value, SpanSteps);
            intermittent.Take(value);
            if (anchorSeason > 0 && Window.Count >= anchorSeason)
            {
                scaler.AddSeason(value - Window.Ago(anchorSeason - 1), SpanSteps);
            }
        }

        Window.Push(value, isHeld, timeTicks: 0);
        smoothing.Take(value);
        finder.Take(value, scaler.Scale);
    }

    /// <summary>Forecasts from the newest value.</summary>
    /// <param name="timeTicks">End of the step on the series' own clocks.</param>
    /// <param name="network">The network's forecasts, [K], in the series' unit; empty: none.</param>
    /// <param name="hidden">Its hidden state, [H], for the readout; empty: none.</param>
    /// <param name="group">All members, in the group's order, after their <see cref="Take"/>; empty: no group.</param>
    /// <param name="self">Place of this series among them.</param>
    /// <param name="mixed">Receives the mixture, [K].</param>
    public void Forecast(
        long timeTicks, ReadOnlySpan<double> network, ReadOnlySpan<float> hidden,
        ReadOnlySpan<SeriesExperts?> group, int self, Span<double> mixed)
    {
        Simple(network);
        CalendarTerms.Write(timeTicks, calendar);
        for (int n = 0; n < linear.Length; n++)
        {
            Span<double> given = outside.AsSpan(0, plans[n].OutsideFeatures);
            if (plans[n].GroupLagSteps > 0)
            {
                GroupFeatures.Write(group, self, plans[n].GroupLagSteps, given);
            }
            else
            {
                Widen(hidden[..given.Length], given);
            }

            linear[n].Step(Window, Mean, Unit, calendar, given, Row(roster.FirstLinear + n));
        }

        for (int k = 0; k < anchors.Length; k++)
        {
            anchors[k] = scaler.PrefersSeason(roots[k]) && double.IsFinite(Row(anchor)[k])
                ? anchor : ExpertRoster.Persistence;
        }

        ScoredUnit = step++ < firstScored ? 0 : Unit;
        Mixture.Mix(Window.Ago(0), ScoredUnit, anchors, forecasts, mixed);
        if (intermittent.IsIntermittent)
        {
            for (int k = 0; k < mixed.Length; k++)
            {
                mixed[k] = Math.Max(mixed[k], 0);
            }
        }
    }

    private void Simple(ReadOnlySpan<double> network)
    {
        for (int k = 0; k < horizons.Length; k++)
        {
            int horizon = horizons[k];
            Row(ExpertRoster.Persistence)[k] = Window.Ago(0);
            Row(ExpertRoster.Smoothing)[k] = smoothing.Forecast(horizon);
            Row(ExpertRoster.Intermittent)[k] = intermittent.Forecast;
            Row(ExpertRoster.Network)[k] = network.IsEmpty ? double.NaN : network[k];
            Row(ExpertRoster.FoundSeason)[k] = seasons.AsSpan().Contains(finder.SeasonSteps)
                ? double.NaN : NaiveExperts.Seasonal(Window, finder.SeasonSteps, horizon);
            for (int n = 0; n < seasons.Length; n++)
            {
                Row(ExpertRoster.FirstSeason + n)[k] = NaiveExperts.Seasonal(Window, seasons[n], horizon);
            }
        }
    }

    private static void Widen(ReadOnlySpan<float> source, Span<double> target)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = source[i];
        }
    }

    private Span<double> Row(int expert) => forecasts.AsSpan(expert * horizons.Length, horizons.Length);
}
