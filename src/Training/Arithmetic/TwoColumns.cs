using System.Runtime.CompilerServices;
using Streaming.Inference.Kernels;

namespace Streaming.Training.Arithmetic;

/// <summary>Two neighbouring vectors of a row.</summary>
internal readonly unsafe struct TwoColumns<V, O>(V first, V second) : IColumns<TwoColumns<V, O>, V>
    where V : struct
    where O : struct, IOps<V>
{
    private readonly V first = first;
    private readonly V second = second;

    public static int Count => 2 * O.Width;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoColumns<V, O> Load(float* source) =>
        new(O.Load(source), O.Load(source + O.Width));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(in TwoColumns<V, O> value, float* target)
    {
        O.Store(value.first, target);
        O.Store(value.second, target + O.Width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoColumns<V, O> Fma(V factor, in TwoColumns<V, O> row, in TwoColumns<V, O> sum) =>
        new(O.Fma(factor, row.first, sum.first),
            O.Fma(factor, row.second, sum.second));
}
