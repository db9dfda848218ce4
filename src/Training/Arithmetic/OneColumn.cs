using System.Runtime.CompilerServices;
using Streaming.Inference.Kernels;

namespace Streaming.Training.Arithmetic;

/// <summary>One vector of a row.</summary>
internal readonly unsafe struct OneColumn<V, O>(V first) : IColumns<OneColumn<V, O>, V>
    where V : struct
    where O : struct, IOps<V>
{
    private readonly V first = first;

    public static int Count => O.Width;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneColumn<V, O> Load(float* source) =>
        new(O.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(in OneColumn<V, O> value, float* target)
    {
        O.Store(value.first, target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneColumn<V, O> Fma(V factor, in OneColumn<V, O> row, in OneColumn<V, O> sum) =>
        new(O.Fma(factor, row.first, sum.first));
}
