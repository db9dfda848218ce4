using System.Runtime.CompilerServices;

namespace Streaming.Inference.Kernels;

/// <summary>
/// Tiles of up to four vectors of units of a single series, which alone would leave multipliers idle.
/// </summary>
internal static unsafe class UnitTiles<V, O>
    where O : struct, IOps<V>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(in LayerStep step)
    {
        int unit = O.TileSize >= 4 && step.Units > 2 * O.Width ? Advance<Four>(step, 0) : 0;
        unit = step.Units > unit + O.Width ? Advance<Two>(step, unit) : unit;
        if (unit < step.Units)
        {
            Advance<One>(step, unit);
        }
    }

    /// <summary>One series, N vectors of units at a time, from <paramref name="unit"/> on.</summary>
    /// <returns>The first unit left over.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int Advance<N>(in LayerStep step, int unit)
        where N : struct, ITileSize
    {
        float* first = step.First[0] + step.FirstOffset;
        float* second = step.Second[0] + step.SecondOffset;
        float* cell = step.States[0] + step.CellOffset;
        float* hidden = step.Targets[0] + step.TargetOffset;
        for (; unit + ((N.Count - 1) * O.Width) < step.Units; unit += N.Count * O.Width)
        {
            float* w0 = step.WeightsOf(unit);
            float* w1 = N.Count >= 2 ? step.WeightsOf(unit + O.Width) : w0;
            float* w2 = N.Count >= 4 ? step.WeightsOf(unit + (2 * O.Width)) : w0;
            float* w3 = N.Count >= 4 ? step.WeightsOf(unit + (3 * O.Width)) : w0;
            Gates<V, O> u0 = Gates<V, O>.Load(w0), u1 = Gates<V, O>.Load(w1);
            Gates<V, O> u2 = Gates<V, O>.Load(w2), u3 = Gates<V, O>.Load(w3);
            nint at = Gates<V, O>.Length;
            at = Add<N>(at, w0, w1, w2, w3, first, step.FirstLength, ref u0, ref u1, ref u2, ref u3);
            Add<N>(at, w0, w1, w2, w3, second, step.SecondLength, ref u0, ref u1, ref u2, ref u3);

            u0.Activate(cell + unit, hidden + unit);
            if (N.Count >= 2)
            {
                int next = unit + O.Width;
                u1.Activate(cell + next, hidden + next);
            }

            if (N.Count >= 4)
            {
                int next = unit + (2 * O.Width);
                u2.Activate(cell + next, hidden + next);
                u3.Activate(cell + next + O.Width, hidden + next + O.Width);
            }
        }

        return unit;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Add<N>(
        nint at, float* w0, float* w1, float* w2, float* w3, float* x, nint length,
        ref Gates<V, O> u0, ref Gates<V, O> u1, ref Gates<V, O> u2, ref Gates<V, O> u3)
        where N : struct, ITileSize
    {
        for (nint k = 0; k < length; k++, at += Gates<V, O>.Length)
        {
            V value = O.Set(x[k]);
            u0.Add(Gates<V, O>.Load(w0 + at), value);
            if (N.Count >= 2)
            {
                u1.Add(Gates<V, O>.Load(w1 + at), value);
            }

            if (N.Count >= 4)
            {
                u2.Add(Gates<V, O>.Load(w2 + at), value);
                u3.Add(Gates<V, O>.Load(w3 + at), value);
            }
        }

        return at;
    }
}
