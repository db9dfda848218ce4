namespace Benchmarks.Learn;

/// <summary>Mean absolute errors one step ahead, in deviations of each stream.</summary>
/// <param name="Seed">Seed of the streams.</param>
/// <param name="Series">Streams.</param>
/// <param name="Network">The LSTM head alone, frozen.</param>
/// <param name="Linear">Recursive least squares, the stream's own.</param>
/// <param name="Persistence">The last value.</param>
/// <param name="SeasonalNaive">Yesterday's value.</param>
/// <param name="Gain">1 − the network's error ÷ that of the best of the others.</param>
internal sealed record RegimesResult(
    int Seed, int Series, double Network, double Linear, double Persistence, double SeasonalNaive, double Gain)
{
    public static RegimesResult Of(
        int seed, int series, double network, double linear, double persistence, double naive) =>
        new(
            seed, series, Math.Round(network, 4), Math.Round(linear, 4), Math.Round(persistence, 4),
            Math.Round(naive, 4), Math.Round(1 - (network / Math.Min(linear, Math.Min(persistence, naive))), 4));
}
