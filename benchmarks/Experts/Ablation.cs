using Streaming.Daemon.Backtest;
using Streaming.Inference.Experts;
using Streaming.Inference.Series;

namespace Benchmarks.Experts;

/// <summary>Mixtures that lack one expert each, beside the one that has all.</summary>
internal sealed class Ablation
{
    private readonly ExpertScratch without = new();
    private readonly Dictionary<int, ExpertMixture[]> lacking = [];
    private readonly double[] mixed;

    /// <param name="horizons">Horizons, K.</param>
    public Ablation(int horizons) => mixed = new double[horizons];

    /// <summary>Takes a step of a series and mixes without each expert.</summary>
    /// <param name="issued">The step.</param>
    /// <param name="told">Told the expert that was left out, and the forecasts, [K].</param>
    public void Take(in IssuedStep issued, Action<int, double[]> told)
    {
        int place = SeriesReplay.PlaceOf(issued.Step.Series), horizons = mixed.Length;
        ExpertPlan plan = issued.Step.Series.Experts!.Plan;
        if (!lacking.TryGetValue(place, out ExpertMixture[]? mixtures))
        {
            mixtures =
            [
                .. plan.Names.ToArray().Select(_ => new ExpertMixture(plan.Roster.Kinds, plan.Horizons, plan.Mixing)),
            ];
            lacking.Add(place, mixtures);
        }

        without.Fit(plan);
        double value = issued.Step.Value;
        for (int e = 0; e < mixtures.Length; e++)
        {
            double[] left = issued.Said.Forecasts.ToArray();
            left.AsSpan(e * horizons, horizons).Fill(double.NaN);
            int[] anchors =
                [.. issued.Said.Anchors.ToArray().Select(anchor => anchor == e ? ExpertRoster.Persistence : anchor)];
            mixtures[e].Settle(value, without);
            mixtures[e].Mix(value, issued.Said.ScoredUnit, anchors, left, without, mixed);
            told(e, mixed);
        }
    }
}
