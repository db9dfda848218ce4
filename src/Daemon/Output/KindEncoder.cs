using System.Text;
using Streaming.Daemon.Configuration;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Output;

/// <summary>Picks the horizons and the unit that a kind of series publishes, and has the encoder that writes
/// them.</summary>
/// <remarks>What it gives is valid until it is asked again. Not thread-safe: one per lane and kind.</remarks>
internal sealed class KindEncoder
{
    private readonly int[] places;
    private readonly int horizons;
    private readonly int experts;
    private readonly double[] yhat;
    private readonly double[] quantiles;
    private readonly double[] nothing;
    private readonly byte[] unit;

    /// <param name="kind">The kind of series: [P] horizons and, where its rule says so, the unit.</param>
    /// <param name="horizons">Horizons of the model in steps, [K].</param>
    /// <param name="levels">Quantile levels, [Q].</param>
    /// <param name="inputTopic">Topic of the records the forecasts come from.</param>
    /// <param name="experts">Experts of its series, where their weights are told; else none.</param>
    public KindEncoder(
        SeriesKind kind, IReadOnlyList<int> horizons, IReadOnlyList<double> levels, string inputTopic,
        ReadOnlySpan<string> experts = default)
    {
        this.experts = experts.Length;
        (places, this.horizons) = ([.. kind.HorizonPlaces], horizons.Count);
        unit = Encoding.UTF8.GetBytes(kind.Options.Unit ?? "");
        Encoder = new ForecastEncoder([.. places.Select(place => horizons[place])], levels, inputTopic, experts);
        yhat = new double[places.Length];
        quantiles = new double[places.Length * levels.Count];
        nothing = new double[places.Length * Math.Max(levels.Count, 1)];
        nothing.AsSpan().Fill(double.NaN);
    }

    /// <summary>Writes forecasts of P horizons.</summary>
    public ForecastEncoder Encoder { get; }

    /// <summary>Forecasts of a series that has none, [P], NaN.</summary>
    public ReadOnlySpan<double> NoYhat => nothing.AsSpan(0, yhat.Length);

    /// <summary>Quantiles of a series that has none, [Q×P], NaN.</summary>
    public ReadOnlySpan<double> NoQuantiles => nothing.AsSpan(0, quantiles.Length);

    /// <summary>What a step is published in: what the rule says, else what the producer does; empty: unknown.</summary>
    public ReadOnlySpan<byte> UnitOf(in PendingStep step) => unit.Length > 0 || step.Unit is null ? unit : step.Unit.Text;

    /// <summary>Of forecasts [K] those that are published, [P].</summary>
    public ReadOnlySpan<double> Yhat(ReadOnlySpan<double> all) => Pick(all, yhat);

    /// <summary>Of quantiles [Q×K] those that are published, [Q×P].</summary>
    public ReadOnlySpan<double> Quantiles(ReadOnlySpan<double> all) => Pick(all, quantiles);

    /// <summary>Of the weights of a step those of its series' experts; empty where they are not told.</summary>
    public ReadOnlySpan<float> Weights(ReadOnlySpan<float> all) => all[..experts];

    private ReadOnlySpan<double> Pick(ReadOnlySpan<double> all, double[] picked)
    {
        if (places.Length == horizons)
        {
            return all;
        }

        for (int from = 0, to = 0; from < all.Length; from += horizons)
        {
            foreach (int place in places)
            {
                picked[to++] = all[from + place];
            }
        }

        return picked;
    }
}
