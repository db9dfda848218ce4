using Streaming.Inference.Series;
using Streaming.Inference.Series.Codec;

namespace Streaming.Inference.Experts;

/// <summary>Linear correction of a mixture by what its experts say beside it: least squares at each horizon.</summary>
/// <remarks>
/// Features are the experts' deviations from the mixture, the label is the value's. So it corrects what weights alone,
/// which add up to one, cannot: experts that agree and are all too high. Starts at no correction; past its bound
/// nothing is forgotten. Double arithmetic in one order. Source: stacked regressions, Breiman 1996.
/// </remarks>
internal sealed class Stacking
{
    private const double Forgetting = 0.999;
    private const double PriorVariance = 0.1;

    private readonly int experts;
    private readonly double[] weights;
    private readonly double[] covariance;

    /// <summary>Creates a correction of nothing.</summary>
    /// <param name="horizons">Horizons, K.</param>
    /// <param name="experts">Experts, E.</param>
    public Stacking(int horizons, int experts)
    {
        this.experts = experts;
        weights = new double[horizons * experts];
        covariance = new double[horizons * experts * experts];
        Clear();
    }

    /// <summary>Bytes of its arrays: 8·K·E·(E + 1) and headers.</summary>
    public static long BytesOf(int horizons, int experts) => SeriesMemory.ArrayOf<double>(horizons * experts)
        + SeriesMemory.ArrayOf<double>(horizons * experts * experts);

    /// <summary>The correction, in the unit of the deviations.</summary>
    /// <param name="horizon">Place of the horizon.</param>
    /// <param name="deviations">Experts less mixture, [E]; 0 where one is silent.</param>
    public double Correct(int horizon, ReadOnlySpan<double> deviations)
    {
        ReadOnlySpan<double> w = weights.AsSpan(horizon * experts, experts);
        double sum = 0;
        for (int e = 0; e < w.Length; e++)
        {
            sum += w[e] * deviations[e];
        }

        return sum;
    }

    /// <summary>Learns what the correction should have been.</summary>
    /// <param name="horizon">Place of the horizon.</param>
    /// <param name="deviations">As they were then, [E].</param>
    /// <param name="label">Value less mixture.</param>
    /// <param name="gain">Room, [E].</param>
    public void Learn(int horizon, ReadOnlySpan<double> deviations, double label, Span<double> gain)
    {
        Span<double> p = covariance.AsSpan(horizon * experts * experts, experts * experts);
        Span<double> w = weights.AsSpan(horizon * experts, experts);
        double error = label - Correct(horizon, deviations), power = Forgetting, trace = 0;
        for (int i = 0; i < experts; i++)
        {
            ReadOnlySpan<double> row = p.Slice(i * experts, experts);
            double sum = 0;
            for (int j = 0; j < row.Length; j++)
            {
                sum += row[j] * deviations[j];
            }

            gain[i] = sum;
            power += sum * deviations[i];
        }

        double perPower = 1 / power;
        for (int i = 0; i < experts; i++)
        {
            Span<double> row = p.Slice(i * experts, experts);
            w[i] += gain[i] * perPower * error;
            for (int j = 0; j < row.Length; j++)
            {
                row[j] -= gain[i] * gain[j] * perPower; // commutes, so the matrix stays symmetric
            }

            trace += row[i];
        }

        Forget(p, trace);
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        weights.AsSpan().Clear();
        covariance.AsSpan().Clear();
        for (int n = 0; n < weights.Length; n++)
        {
            covariance[(n * experts) + (n % experts)] = PriorVariance;
        }
    }

    /// <summary>Lets old labels count less, unless the covariance would grow past where it began.</summary>
    private void Forget(Span<double> p, double trace)
    {
        if (trace <= PriorVariance * experts * Forgetting)
        {
            for (int n = 0; n < p.Length; n++)
            {
                p[n] *= 1 / Forgetting;
            }
        }
    }

    internal void WriteTo(StateWriter writer)
    {
        writer.Write<double>(weights);
        writer.Write<double>(covariance);
    }

    internal void ReadFrom(ref StateReader reader)
    {
        reader.Read<double>(weights);
        reader.Read<double>(covariance);
    }
}
