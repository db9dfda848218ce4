namespace Streaming.Inference.Kernels;

/// <summary>Sigmoid and hyperbolic tangent of a float without libm: the same bits on every processor.</summary>
/// <remarks>
/// Weights that feed a gate are packed with <see cref="SigmoidScale"/> or <see cref="TanhScale"/> folded in, so that
/// the kernels start from the exponent of two.
/// </remarks>
internal static class Activation
{
    /// <summary>−log2 e: 2^(SigmoidScale · x) = e^−x.</summary>
    public const float SigmoidScale = -1.44269504088896340736f;

    /// <summary>−2 log2 e: 2^(TanhScale · x) = e^−2x.</summary>
    public const float TanhScale = -2.88539008177792681472f;

    /// <summary>1 / (1 + e^−x). NaN stays NaN.</summary>
    public static float Sigmoid(float x) => 1f / (1f + Exp2.Of(SigmoidScale * x));

    /// <summary>(1 − e^−2x) / (1 + e^−2x). NaN stays NaN.</summary>
    public static float Tanh(float x)
    {
        float e = Exp2.Of(TanhScale * x);
        return (1f - e) / (1f + e);
    }
}
