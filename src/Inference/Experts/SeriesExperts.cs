using Streaming.Inference.Series;
using Streaming.Inference.Series.Codec;

namespace Streaming.Inference.Experts;

/// <summary>All experts of one series and their mixture.</summary>
/// <remarks>
/// Keeps a slow mean and a slow scale of its own: experts that learn over months must not measure in units of
/// yesterday. One step settles what is due, lets each expert forecast and mixes them. Allocates nothing in a step. Not
/// thread-safe.
/// </remarks>
/// <param name="plan">Which experts.</param>
/// <param name="window">The series' last values; the caller pushes each after <see cref="Take"/>.</param>
internal sealed class SeriesExperts(ExpertPlan plan, Window window)
{
    private const int SpanSteps = 1_000;

    /// <summary>Bytes of it and the objects it has, without their arrays, and without linear experts.</summary>
    private const int ObjectBytes = 776;

    private readonly SeasonFinder finder = new(plan.FoundSeasonSteps);
    private readonly SmoothingExpert smoothing = new(plan.SmoothedSeasonSteps);
    private readonly LinearExpert[] linear =
        [.. plan.Linear.Select(one => new LinearExpert(one, plan.Horizons, plan.SeasonSteps))];

    private readonly ExpertMixture mixture = new(plan.Roster.Kinds, plan.Horizons, plan.Mixing);
    private Scaler scaler;
    private IntermittentExpert intermittent;
    private long step;
    private double labelWeight; // from a value's taking to the forecasts made of it

    /// <summary>The series' last values.</summary>
    public Window Window => window;

    /// <summary>What its series shares with others of its kind.</summary>
    public ExpertPlan Plan => plan;

    /// <summary>A slow running mean, in the series' unit.</summary>
    public double Mean => scaler.Mean;

    /// <summary>A slow scale, in the series' unit.</summary>
    public double Unit => scaler.Scale;

    /// <summary>Times a linear expert started anew because rounding had spoilt it.</summary>
    public int Restarts => linear.Sum(one => one.Restarts);

    /// <summary>Bytes of it and all it has but the window; docs/memory.md has the formula.</summary>
    public static long BytesOf(ExpertPlan plan) => ObjectBytes
        + (plan.Linear.Length > 0 ? SeriesMemory.ArrayOf<nint>(plan.Linear.Length) : 0)
        + plan.Linear.Sum(one => LinearExpert.BytesOf(one, plan.Horizons))
        + ExpertMixture.BytesOf(plan.Experts, plan.Horizons)
        + SmoothingExpert.BytesOf(plan.SmoothedSeasonSteps) + SeasonFinder.BytesOf(plan.FoundSeasonSteps);

    /// <summary>Takes the value of the next step, before the window has it, and settles the forecasts made for it.
    /// </summary>
    /// <param name="value">Finite, in the series' unit.</param>
    /// <param name="isHeld">Whether it was filled in, not observed.</param>
    /// <param name="weight">How much it teaches learners, in (0, 1]: less, the odder it is.</param>
    /// <param name="scratch">Fitted to the plan.</param>
    public void Take(double value, bool isHeld, double weight, ExpertScratch scratch)
    {
        labelWeight = weight;
        mixture.Settle(isHeld ? double.NaN : value, scratch);
        if (!isHeld)
        {
            int season = plan.SeasonSteps;
            scaler.Add(value, SpanSteps);
            intermittent.Take(value);
            if (season > 0 && window.Count >= season)
            {
                scaler.AddSeason(value - window.Ago(season - 1), SpanSteps);
            }
        }

        smoothing.Take(value);
        finder.Take(value, scaler.Scale);
    }

    /// <summary>Forecasts from the newest value, which the window has by now.</summary>
    /// <param name="timeTicks">End of the step on the series' own clocks.</param>
    /// <param name="network">The network's forecasts, [K], in the series' unit; empty: none.</param>
    /// <param name="hidden">Its hidden state, [H], for the readout; empty where there is none.</param>
    /// <param name="seen">What the step has seen of the others of the series' group; empty: nothing.</param>
    /// <param name="knowsItsFuture">Whether the newest value was filled in by what came after it: then these are no
    /// forecasts, and are not scored.</param>
    /// <param name="scratch">Fitted to the plan; has what each expert said.</param>
    /// <param name="mixed">Receives the mixture, [K].</param>
    public void Forecast(
        long timeTicks, ReadOnlySpan<double> network, ReadOnlySpan<float> hidden, ReadOnlySpan<double> seen,
        bool knowsItsFuture, ExpertScratch scratch, Span<double> mixed)
    {
        Simple(network, scratch);
        CalendarTerms.Write(timeTicks, scratch.Calendar);
        scratch.LabelWeight = labelWeight;
        for (int n = 0; n < linear.Length; n++)
        {
            Look(plan.Linear[n], hidden, seen, scratch);
            linear[n].Step(window, Mean, Unit, !knowsItsFuture, scratch, scratch.Of(plan.Roster.FirstLinear + n));
        }

        Anchor(scratch);
        scratch.ScoredUnit = step++ < plan.FirstScored || knowsItsFuture ? 0 : Unit;
        mixture.Mix(window.Ago(0), scratch.ScoredUnit, scratch.Anchors, scratch.Forecasts, scratch, mixed);
        if (intermittent.IsIntermittent)
        {
            for (int k = 0; k < mixed.Length; k++)
            {
                mixed[k] = Math.Max(mixed[k], 0);
            }
        }
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        (scaler, intermittent, step) = (default, default, 0);
        finder.Clear();
        smoothing.Clear();
        mixture.Clear();
        foreach (LinearExpert one in linear)
        {
            one.Clear();
        }
    }

    /// <summary>Forgets what was learnt of the network's hidden state: it is another network's now.</summary>
    public void ForgetNetwork()
    {
        for (int i = 0; i < linear.Length; i++)
        {
            if (plan.Linear[i].ReadsNetwork)
            {
                linear[i].Clear();
            }
        }
    }

    private void Simple(ReadOnlySpan<double> network, ExpertScratch scratch)
    {
        bool isNew = !plan.Seasons.AsSpan().Contains(finder.SeasonSteps);
        for (int k = 0; k < plan.Horizons.Length; k++)
        {
            int horizon = plan.Horizons[k];
            scratch.Of(ExpertRoster.Persistence)[k] = window.Ago(0);
            scratch.Of(ExpertRoster.Smoothing)[k] = smoothing.Forecast(horizon);
            scratch.Of(ExpertRoster.Intermittent)[k] = intermittent.Forecast;
            scratch.Of(ExpertRoster.Network)[k] = network.IsEmpty ? double.NaN : network[k];
            scratch.Of(ExpertRoster.FoundSeason)[k] =
                isNew ? NaiveExperts.Seasonal(window, finder.SeasonSteps, horizon) : double.NaN;
            for (int n = 0; n < plan.Seasons.Length; n++)
            {
                scratch.Of(ExpertRoster.FirstSeason + n)[k] =
                    NaiveExperts.Seasonal(window, plan.Seasons[n], horizon);
            }
        }
    }

    /// <summary>Features of a linear expert that come from outside the series.</summary>
    private static void Look(
        LinearExpertOptions one, ReadOnlySpan<float> hidden, ReadOnlySpan<double> seen, ExpertScratch scratch)
    {
        Span<double> outside = scratch.Outside(one.OutsideFeatures);
        if (one.GroupLagSteps > 0)
        {
            GroupFeatures.Take(seen, one.GroupLagSteps, outside);
            return;
        }

        for (int i = 0; i < outside.Length; i++)
        {
            outside[i] = hidden[i];
        }
    }

    private void Anchor(ExpertScratch scratch)
    {
        for (int k = 0; k < plan.Horizons.Length; k++)
        {
            scratch.Anchors[k] = scaler.PrefersSeason(plan.Roots[k]) && double.IsFinite(scratch.Of(plan.Anchor)[k])
                ? plan.Anchor : ExpertRoster.Persistence;
        }
    }

    internal void WriteTo(StateWriter writer)
    {
        writer.Write(step);
        scaler.WriteTo(writer);
        intermittent.WriteTo(writer);
        finder.WriteTo(writer);
        smoothing.WriteTo(writer);
        mixture.WriteTo(writer);
        foreach (LinearExpert one in linear)
        {
            one.WriteTo(writer);
        }
    }

    internal void ReadFrom(ref StateReader reader)
    {
        step = reader.Read<long>();
        scaler.ReadFrom(ref reader);
        intermittent.ReadFrom(ref reader);
        finder.ReadFrom(ref reader);
        smoothing.ReadFrom(ref reader);
        mixture.ReadFrom(ref reader);
        foreach (LinearExpert one in linear)
        {
            one.ReadFrom(ref reader);
        }
    }
}
