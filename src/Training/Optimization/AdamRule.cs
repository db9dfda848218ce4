using System.Runtime.CompilerServices;
using Streaming.Inference.Kernels;

namespace Streaming.Training.Optimization;

/// <summary>m = β₁m + (1-β₁)g, v = β₂v + (1-β₂)g², p -= rate/(1-β₁ⁿ) · m / (√v/√(1-β₂ⁿ) + ε).</summary>
/// <param name="MeanKept">β₁.</param>
/// <param name="MeanTaken">1 - β₁.</param>
/// <param name="SquareKept">β₂.</param>
/// <param name="SquareTaken">1 - β₂.</param>
/// <param name="Rate">Step size over 1 - β₁ⁿ.</param>
/// <param name="SquareCorrection">1 / √(1 - β₂ⁿ).</param>
/// <param name="Floor">ε.</param>
internal readonly record struct AdamRule(
    float MeanKept,
    float MeanTaken,
    float SquareKept,
    float SquareTaken,
    float Rate,
    float SquareCorrection,
    float Floor) : IUpdateRule
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Update<V, O>(float* parameters, float* gradient, float* first, float* second)
        where V : struct
        where O : struct, IOps<V>
    {
        V g = O.Load(gradient);
        V m = O.Fma(O.Set(MeanKept), O.Load(first), O.Multiply(O.Set(MeanTaken), g));
        V taken = O.Multiply(O.Multiply(O.Set(SquareTaken), g), g);
        V v = O.Fma(O.Set(SquareKept), O.Load(second), taken);
        O.Store(m, first);
        O.Store(v, second);
        V spread = O.Fma(O.SquareRoot(v), O.Set(SquareCorrection), O.Set(Floor));
        V move = O.Divide(O.Multiply(O.Set(Rate), m), spread);
        O.Store(O.Subtract(O.Load(parameters), move), parameters);
    }
}
