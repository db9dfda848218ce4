namespace Streaming.Daemon.Output;

/// <summary>Picks the horizons that a kind of series publishes, and has the encoder that writes them.</summary>
/// <remarks>What it gives is valid until it is asked again. Not thread-safe: one per lane and kind.</remarks>
internal sealed class KindEncoder
{
    private readonly int[] places;
    private readonly int horizons;
    private readonly double[] yhat;
    private readonly double[] quantiles;
    private readonly double[] nothing;

    /// <param name="horizons">Horizons of the model in steps, [K].</param>
    /// <param name="places">Which of them are published, ascending, [P].</param>
    /// <param name="levels">Quantile levels, [Q].</param>
    /// <param name="inputTopic">Topic of the records the forecasts come from.</param>
    public KindEncoder(
        IReadOnlyList<int> horizons, IReadOnlyList<int> places, IReadOnlyList<double> levels, string inputTopic)
    {
        (this.places, this.horizons) = ([.. places], horizons.Count);
        Encoder = new ForecastEncoder([.. places.Select(place => horizons[place])], levels, inputTopic);
        yhat = new double[places.Count];
        quantiles = new double[places.Count * levels.Count];
        nothing = new double[places.Count * Math.Max(levels.Count, 1)];
        nothing.AsSpan().Fill(double.NaN);
    }

    /// <summary>Writes forecasts of P horizons.</summary>
    public ForecastEncoder Encoder { get; }

    /// <summary>Forecasts of a series that has none, [P], NaN.</summary>
    public ReadOnlySpan<double> NoYhat => nothing.AsSpan(0, yhat.Length);

    /// <summary>Quantiles of a series that has none, [Q×P], NaN.</summary>
    public ReadOnlySpan<double> NoQuantiles => nothing.AsSpan(0, quantiles.Length);

    /// <summary>Of forecasts [K] those that are published, [P].</summary>
    public ReadOnlySpan<double> Yhat(ReadOnlySpan<double> all) => Pick(all, yhat);

    /// <summary>Of quantiles [Q×K] those that are published, [Q×P].</summary>
    public ReadOnlySpan<double> Quantiles(ReadOnlySpan<double> all) => Pick(all, quantiles);

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
