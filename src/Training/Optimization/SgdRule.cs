using System.Runtime.CompilerServices;
using Streaming.Inference.Kernels;

namespace Streaming.Training.Optimization;

/// <summary>m = μm + g, p -= rate · m.</summary>
/// <param name="Momentum">μ.</param>
/// <param name="Rate">Step size.</param>
internal readonly record struct SgdRule(float Momentum, float Rate) : IUpdateRule
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Update<V, O>(float* parameters, float* gradient, float* first, float* second)
        where V : struct
        where O : struct, IOps<V>
    {
        V m = O.Fma(O.Set(Momentum), O.Load(first), O.Load(gradient));
        O.Store(m, first);
        O.Store(O.Fma(O.Set(-Rate), m, O.Load(parameters)), parameters);
    }
}
