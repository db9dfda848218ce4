using System.Runtime.CompilerServices;
using Streaming.Inference.Kernels;

namespace Streaming.Training.Arithmetic;

/// <summary>Four neighbouring vectors of a row.</summary>
internal readonly unsafe struct FourColumns<V, O>(V first, V second, V third, V fourth) : IColumns<FourColumns<V, O>, V>
    where V : struct
    where O : struct, IOps<V>
{
    private readonly V first = first;
    private readonly V second = second;
    private readonly V third = third;
    private readonly V fourth = fourth;

    public static int Count => 4 * O.Width;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourColumns<V, O> Load(float* source) =>
        new(
            O.Load(source),
            O.Load(source + O.Width),
            O.Load(source + (2 * O.Width)),
            O.Load(source + (3 * O.Width)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(in FourColumns<V, O> value, float* target)
    {
        O.Store(value.first, target);
        O.Store(value.second, target + O.Width);
        O.Store(value.third, target + (2 * O.Width));
        O.Store(value.fourth, target + (3 * O.Width));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourColumns<V, O> Fma(V factor, in FourColumns<V, O> row, in FourColumns<V, O> sum) =>
        new(O.Fma(factor, row.first, sum.first),
            O.Fma(factor, row.second, sum.second),
            O.Fma(factor, row.third, sum.third),
            O.Fma(factor, row.fourth, sum.fourth));
}
