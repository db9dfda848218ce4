using System.Runtime.CompilerServices;
using Streaming.Training.Arithmetic;

namespace Streaming.Training.Optimization;

/// <summary>m = μm + g, p -= rate · m.</summary>
/// <param name="Momentum">μ.</param>
/// <param name="Rate">Step size.</param>
internal readonly record struct SgdRule(float Momentum, float Rate) : IUpdateRule
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Update<V, O>(float* parameters, float* gradient, float* first, float* second)
        where V : struct
        where O : struct, ILanes<V>
    {
        V m = O.Fma(O.Broadcast(Momentum), O.Load(first), O.Load(gradient));
        O.Store(m, first);
        O.Store(O.Fma(O.Broadcast(-Rate), m, O.Load(parameters)), parameters);
    }
}
