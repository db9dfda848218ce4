using System.Runtime.Intrinsics;
using Streaming.Training.Arithmetic;

namespace Streaming.Training.Optimization;

/// <summary>Adam with bias correction: moments of the gradient, and one step along their ratio.</summary>
/// <remarks>
/// m = β₁m + (1-β₁)g, v = β₂v + (1-β₂)g², p -= rate/(1-β₁ⁿ) · m / (√v/√(1-β₂ⁿ) + ε). Source: Kingma and Ba 2015, as
/// torch.optim.Adam computes it. Not thread-safe.
/// </remarks>
internal sealed unsafe class Adam(int length, AdamOptions options)
{
    private readonly AlignedFloats mean = new(length);
    private readonly AlignedFloats square = new(length);
    private double meanPower = 1;
    private double squarePower = 1;

    /// <summary>Forgets all gradients.</summary>
    public void Reset()
    {
        mean.Span.Clear();
        square.Span.Clear();
        meanPower = 1;
        squarePower = 1;
    }

    /// <summary>Moves parameters against a gradient.</summary>
    /// <param name="parameters">Rewritten; a multiple of 16 floats.</param>
    /// <param name="gradient">As long as the parameters.</param>
    /// <param name="rate">Step size.</param>
    /// <exception cref="ArgumentException">A length disagrees.</exception>
    public void Step(Span<float> parameters, Span<float> gradient, double rate)
    {
        if (parameters.Length != mean.Length || gradient.Length != mean.Length || mean.Length % AlignedFloats.Line != 0)
        {
            throw new ArgumentException($"{parameters.Length} and {gradient.Length} do not fit {mean.Length} moments.");
        }

        meanPower *= options.MeanDecay;
        squarePower *= options.SquareDecay;
        var step = new AdamStep(
            (float)options.MeanDecay,
            (float)(1 - options.MeanDecay),
            (float)options.SquareDecay,
            (float)(1 - options.SquareDecay),
            (float)(rate / (1 - meanPower)),
            (float)(1 / Math.Sqrt(1 - squarePower)),
            (float)options.Floor);
        fixed (float* p = parameters, g = gradient, m = mean.Span, v = square.Span)
        {
            if (Vector512.IsHardwareAccelerated)
            {
                AdamKernel<Vector512<float>, Lanes512>.Run(p, g, m, v, parameters.Length, step);
            }
            else if (Vector256.IsHardwareAccelerated)
            {
                AdamKernel<Vector256<float>, Lanes256>.Run(p, g, m, v, parameters.Length, step);
            }
            else
            {
                AdamKernel<Vector128<float>, Lanes128>.Run(p, g, m, v, parameters.Length, step);
            }
        }
    }
}
