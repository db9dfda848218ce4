using System.Runtime.CompilerServices;

namespace Streaming.Training.Arithmetic;

/// <summary>Two neighbouring vectors of a row.</summary>
internal readonly unsafe struct TwoColumns<V, O>(V first, V second) : IColumns<TwoColumns<V, O>, V>
    where V : struct
    where O : struct, ILanes<V>
{
    private readonly V first = first;
    private readonly V second = second;

    public static int Count => 2 * O.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoColumns<V, O> Load(float* source) =>
        new(O.Load(source), O.Load(source + O.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(in TwoColumns<V, O> value, float* target)
    {
        O.Store(value.first, target);
        O.Store(value.second, target + O.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoColumns<V, O> Fma(V factor, in TwoColumns<V, O> row, in TwoColumns<V, O> sum) =>
        new(O.Fma(factor, row.first, sum.first),
            O.Fma(factor, row.second, sum.second));
}
