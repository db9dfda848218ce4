using System.Diagnostics;
using Streaming.Inference.Experts;
using Streaming.Inference.Series;

namespace Benchmarks.Experts;

/// <summary>
/// Replays series, related or not, through their experts, and through mixtures that lack one expert each.
/// </summary>
internal sealed class GroupReplay
{
    private readonly SeriesExperts[] members;
    private readonly SeriesGroup group;
    private readonly ExpertScratch scratch = new();
    private readonly ExpertScratch without = new();
    private readonly double[] weights;
    private readonly ExpertMixture[][] lacking;
    private readonly double[] mixed;
    private readonly double[] forecasts;
    private readonly int horizons;

    /// <summary>Creates experts that have seen nothing.</summary>
    /// <param name="file">Step and season.</param>
    /// <param name="series">Members.</param>
    /// <param name="horizons">In steps, [K].</param>
    /// <param name="options">Which experts.</param>
    /// <param name="hidden">Hidden units of the network; zero: none.</param>
    /// <param name="ablates">Whether to mix without each.</param>
    public GroupReplay(
        ExpertsFile file, int series, int[] horizons, SeriesExpertsOptions options, int hidden, bool ablates)
    {
        this.horizons = horizons.Length;
        var profile = new SeriesProfile
        {
            StepTicks = file.StepTicks,
            SeasonSteps = file.SeasonSteps,
            WindowSteps = Math.Max(672, 8 * file.SeasonSteps),
        };
        var plan = new ExpertPlan(profile, [.. horizons], options, hidden, file.IsGroup ? series : 1);
        members = [.. Enumerable.Range(0, series)
            .Select(_ => new SeriesExperts(plan, new Window(profile.WindowSteps, keepsTimes: false)))];
        group = new SeriesGroup(series);
        members.CopyTo(group.Members, 0);
        scratch.Fit(plan);
        without.Fit(plan);
        Names = plan.Roster.Names;
        weights = new double[series * Names.Length];
        lacking = [.. members.Select(one => Enumerable.Range(0, ablates ? Names.Length : 0)
            .Select(_ => new ExpertMixture(plan.Roster.Kinds, plan.Horizons, options.Mixing)).ToArray())];
        mixed = new double[series * horizons.Length];
        forecasts = new double[Forecasters * series * horizons.Length];
    }

    /// <summary>Names of the experts, [E].</summary>
    public string[] Names { get; }

    /// <summary>The mixture, the experts, then the mixtures without each.</summary>
    public int Forecasters => 1 + Names.Length + lacking[0].Length;

    /// <summary>Time spent in experts and their mixture.</summary>
    public Stopwatch Clock { get; } = new();

    /// <summary>Bytes of a series.</summary>
    public long BytesPerSeries => SeriesExperts.BytesOf(members[0].Plan) + members[0].Window.Bytes;

    /// <summary>Takes one step of all members.</summary>
    /// <param name="values">Their values, [C].</param>
    /// <param name="endTicks">End of the step.</param>
    /// <param name="network">The network; null: none.</param>
    public void Step(double[] values, long endTicks, NetworkRun? network)
    {
        Clock.Start();
        for (int c = 0; c < members.Length; c++)
        {
            members[c].Take(values[c], isHeld: false, scratch);
            members[c].Window.Push(values[c], isHeld: false, timeTicks: 0);
        }

        for (int c = 0; c < members.Length; c++)
        {
            ReadOnlySpan<double> ofNetwork = network is null ? [] : network.Forecast(c);
            ReadOnlySpan<float> hidden = network is null ? [] : network.TopState(c);
            members[c].Forecast(
                endTicks, ofNetwork, hidden, group, false, scratch, mixed.AsSpan(c * horizons, horizons));
            Clock.Stop();
            Collect(c, values[c]);
            Clock.Start();
        }

        Clock.Stop();
    }

    /// <summary>Forecast of the last step.</summary>
    public double Forecast(int forecaster, int channel, int horizon) =>
        forecasts[(((forecaster * members.Length) + channel) * horizons) + horizon];

    /// <summary>Weight of an expert in the last forecasts, averaged over horizons.</summary>
    public double Weight(int expert, int channel) => weights[(channel * Names.Length) + expert];

    private Span<double> Row(int forecaster, int channel) =>
        forecasts.AsSpan(((forecaster * members.Length) + channel) * horizons, horizons);

    private void Collect(int c, double value)
    {
        mixed.AsSpan(c * horizons, horizons).CopyTo(Row(0, c));
        for (int e = 0; e < Names.Length; e++)
        {
            scratch.Of(e).CopyTo(Row(1 + e, c));
            double sum = 0;
            for (int k = 0; k < horizons; k++)
            {
                sum += scratch.Weights[(k * Names.Length) + e] / horizons;
            }

            weights[(c * Names.Length) + e] = sum;
        }

        for (int e = 0; e < lacking[c].Length; e++)
        {
            double[] left = scratch.Forecasts.ToArray();
            left.AsSpan(e * horizons, horizons).Fill(double.NaN);
            int[] anchors =
                [.. scratch.Anchors.ToArray().Select(anchor => anchor == e ? ExpertRoster.Persistence : anchor)];
            lacking[c][e].Settle(value, without);
            lacking[c][e].Mix(value, scratch.ScoredUnit, anchors, left, without, Row(1 + Names.Length + e, c));
        }
    }
}
