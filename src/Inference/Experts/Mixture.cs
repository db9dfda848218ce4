using Streaming.Inference.Kernels;
using Streaming.Inference.Series;
using Streaming.Inference.Series.Codec;

namespace Streaming.Inference.Experts;

/// <summary>Weights of the experts of one series, for each horizon, from their delayed losses.</summary>
/// <remarks>
/// The weight of an expert is exp(−η · (loss ÷ least loss − 1)), over absolute errors in units of the series' scale,
/// clipped and discounted. All but persistence sleep at a horizon until they have been scored there often enough, so
/// that a new series is never worse off than naive. Not thread-safe.
/// </remarks>
internal sealed class Mixture(int horizons)
{
    private const float Eta = 10;
    private const float Log2E = 1.4426950408889634f;
    private const float Discount = 0.98f;
    private const float ErrorLimit = 10;
    private const float LeastLoss = 1e-6f;
    private const double LeastWeight = 1e-9;
    private const int ScoresToWake = 24;

    private readonly float[] losses = new float[horizons * Expert.Count];
    private readonly int[] scores = new int[horizons * Expert.Count];

    /// <summary>Bytes of its arrays.</summary>
    public long Bytes => SeriesMemory.ArrayOf<float>(losses.Length) + SeriesMemory.ArrayOf<int>(scores.Length);

    /// <summary>Learns an expert's error at a horizon, once the value has arrived.</summary>
    /// <param name="horizon">Place of the horizon.</param>
    /// <param name="expert">Place of the expert.</param>
    /// <param name="error">Absolute, in units of the scale at the time of the forecast; NaN is the worst.</param>
    public void Score(int horizon, int expert, double error)
    {
        int at = (horizon * Expert.Count) + expert;
        scores[at] = Math.Min(scores[at] + 1, 1_000_000);
        float keep = Math.Min(1 - (1f / scores[at]), Discount);
        losses[at] = (keep * losses[at]) + ((1 - keep) * (error < ErrorLimit ? (float)error : ErrorLimit));
    }

    /// <summary>
    /// Whether seasonal naive has proved better than the last value at a horizon; null while it has not been scored
    /// there often enough.
    /// </summary>
    public bool? PrefersSeason(int horizon)
    {
        int at = horizon * Expert.Count;
        return IsAwake(at + Expert.SeasonalNaive)
            ? losses[at + Expert.SeasonalNaive] < losses[at + Expert.Persistence]
            : null;
    }

    /// <summary>Mixes the forecasts of one horizon.</summary>
    /// <param name="horizon">Place of the horizon.</param>
    /// <param name="forecasts">Forecasts of the experts, [E]; NaN where one has none, never for persistence.</param>
    /// <remarks>A sum of differences to persistence: experts that agree give their forecast to the bit.</remarks>
    public double Mix(int horizon, ReadOnlySpan<double> forecasts)
    {
        int at = horizon * Expert.Count;
        float least = float.PositiveInfinity;
        for (int e = 0; e < Expert.Count; e++)
        {
            least = Speaks(at + e, e, forecasts[e]) ? Math.Min(least, losses[at + e]) : least;
        }

        least = Math.Max(least, LeastLoss);
        double persistence = forecasts[Expert.Persistence];
        double sum = 0, weights = 0;
        for (int e = 0; e < Expert.Count; e++)
        {
            if (Speaks(at + e, e, forecasts[e]))
            {
                float worse = (Math.Max(losses[at + e], LeastLoss) / least) - 1;
                double weight = Exp2.Of(-Eta * Log2E * worse);
                weight = weight >= LeastWeight ? weight : 0;
                sum += weight * (forecasts[e] - persistence);
                weights += weight;
            }
        }

        return persistence + (sum / weights);
    }

    /// <summary>Forgets all scores.</summary>
    public void Clear()
    {
        losses.AsSpan().Clear();
        scores.AsSpan().Clear();
    }

    private bool Speaks(int at, int expert, double forecast) =>
        double.IsFinite(forecast) && (expert == Expert.Persistence || IsAwake(at));

    private bool IsAwake(int at) => scores[at] >= ScoresToWake;

    internal void WriteTo(StateWriter writer)
    {
        writer.Write<float>(losses);
        writer.Write<int>(scores);
    }

    internal void ReadFrom(ref StateReader reader)
    {
        reader.Read<float>(losses);
        reader.Read<int>(scores);
    }
}
