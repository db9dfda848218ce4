using System.Runtime.CompilerServices;
using Streaming.Inference.Kernels;

namespace Streaming.Training.Optimization;

/// <summary>v = αv + (1-α)g², p -= rate · g / (√v + ε).</summary>
/// <param name="SquareKept">α.</param>
/// <param name="SquareTaken">1 - α.</param>
/// <param name="Rate">Step size.</param>
/// <param name="Floor">ε.</param>
internal readonly record struct RmsPropRule(float SquareKept, float SquareTaken, float Rate, float Floor) : IUpdateRule
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Update<V, O>(float* parameters, float* gradient, float* first, float* second)
        where V : struct
        where O : struct, IOps<V>
    {
        V g = O.Load(gradient);
        V taken = O.Multiply(O.Multiply(O.Set(SquareTaken), g), g);
        V v = O.Fma(O.Set(SquareKept), O.Load(second), taken);
        O.Store(v, second);
        V spread = O.Add(O.SquareRoot(v), O.Set(Floor));
        V move = O.Divide(O.Multiply(O.Set(Rate), g), spread);
        O.Store(O.Subtract(O.Load(parameters), move), parameters);
    }
}
