using Streaming.Training.Arithmetic;
using Streaming.Training.Network;

namespace Streaming.Training.Optimization;

/// <summary>Penalty on large weights, L1 · Σ|w| + L2 · Σw²/2, over weights and not biases.</summary>
/// <param name="L1">Factor of absolute values; its slope is 0 at 0.</param>
/// <param name="L2">Factor of half the squares.</param>
internal readonly record struct WeightPenalty(double L1, double L2)
{
    /// <summary>Adds the penalty's gradient, before clipping.</summary>
    public void AddTo(Span<float> gradient, ReadOnlySpan<float> parameters, ParameterLayout layout)
    {
        if (L1 == 0 && L2 == 0)
        {
            return;
        }

        float sign = (float)L1, slope = (float)L2;
        foreach (Panels weights in layout.Weights)
        {
            for (int n = weights.Offset; n < weights.Offset + weights.Length; n++)
            {
                float weight = parameters[n];
                gradient[n] += (slope * weight) + (weight > 0 ? sign : weight < 0 ? -sign : 0);
            }
        }
    }
}
