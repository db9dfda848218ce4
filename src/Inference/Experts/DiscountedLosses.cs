using Streaming.Inference.Kernels;
using Streaming.Inference.Series;
using Streaming.Inference.Series.Codec;

namespace Streaming.Inference.Experts;

/// <summary>Discounted mean losses of some experts at each horizon, and the weights that follow from them.</summary>
/// <remarks>
/// The n-th loss weighs max(1/n, 1 − discount): a plain mean at first. The weight of an expert is
/// exp(−η · (loss ÷ least loss − 1)), and none at all below 1e-9. Source: exponential weights, Vovk 1990; sleeping
/// experts, Freund et al. 1997.
/// </remarks>
/// <param name="horizons">Horizons, K.</param>
/// <param name="experts">Experts, E.</param>
/// <param name="discount">A step, in (0, 1).</param>
internal sealed class DiscountedLosses(int horizons, int experts, double discount)
{
    private const double Log2E = 1.4426950408889634;
    private const double LeastLoss = 1e-8;
    private const double LeastWeight = 1e-9;

    private readonly float[] losses = new float[horizons * experts];

    /// <summary>Bytes of its array.</summary>
    public static long BytesOf(int horizons, int experts) => SeriesMemory.ArrayOf<float>(horizons * experts);

    /// <summary>Learns the loss of an expert that has been scored <paramref name="scores"/> times, this one included.
    /// </summary>
    public void Add(int horizon, int expert, double loss, int scores)
    {
        ref float mean = ref losses[(horizon * experts) + expert];
        double keep = Math.Min(1 - (1.0 / scores), discount);
        mean = (float)((keep * mean) + ((1 - keep) * loss));
    }

    /// <summary>The mean loss of an expert.</summary>
    public double Of(int horizon, int expert) => losses[(horizon * experts) + expert];

    /// <summary>Turns losses, [E], into weights that add up to one; a negative loss is of an expert that is silent.
    /// </summary>
    /// <param name="values">The losses; rewritten.</param>
    /// <param name="sharpness">η.</param>
    /// <remarks>At least one must not be silent.</remarks>
    public static void Weigh(Span<double> values, double sharpness)
    {
        double least = double.MaxValue, sum = 0;
        foreach (double loss in values)
        {
            least = loss >= 0 ? Math.Min(least, loss) : least;
        }

        least = Math.Max(least, LeastLoss);
        for (int e = 0; e < values.Length; e++)
        {
            double worse = Math.Min((Math.Max(values[e], LeastLoss) / least) - 1, 1e6);
            double weight = values[e] >= 0 ? Exp2.Of((float)(-sharpness * Log2E * worse)) : 0;
            values[e] = weight >= LeastWeight ? weight : 0;
            sum += values[e];
        }

        for (int e = 0; e < values.Length; e++)
        {
            values[e] /= sum;
        }
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => losses.AsSpan().Clear();

    internal void WriteTo(StateWriter writer) => writer.Write<float>(losses);

    internal void ReadFrom(ref StateReader reader) => reader.Read<float>(losses);
}
