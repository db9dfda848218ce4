using System.Runtime.CompilerServices;

namespace Streaming.Inference.Kernels;

/// <summary>Advances one LSTM layer by one step for any number of series.</summary>
/// <remarks>
/// Lanes hold units. Many series share each load of weights (a tile of rows); a single one advances several vectors
/// of units at once instead, to keep the multipliers busy. Both sum in the same order, so tiles change no bit.
/// </remarks>
internal static unsafe class LstmKernel<V, O>
    where O : struct, IOps<V>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref LayerStep step)
    {
        // The old hidden state is read until a series' last unit is summed. Where one tile holds all units, the new
        // one replaces it directly; else it waits in the scratch.
        int vectors = (step.Units + O.Width - 1) / O.Width;
        bool isInPlace = vectors == 1 || (step.Rows == 1 && vectors is 2 or 4);
        step.Targets = isInPlace ? step.States : step.Scratch;
        step.TargetOffset = isInPlace ? step.HiddenOffset : 0;
        if (step.Rows == 1)
        {
            RunOne(step);
        }
        else
        {
            RunMany(step);
        }

        if (!isInPlace)
        {
            CopyHidden(step);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunOne(in LayerStep step)
    {
        int unit = step.Units > 2 * O.Width ? Units<Four>(step, 0) : 0;
        unit = step.Units > unit + O.Width ? Units<Two>(step, unit) : unit;
        if (unit < step.Units)
        {
            Units<One>(step, unit);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunMany(in LayerStep step)
    {
        for (int unit = 0; unit < step.Units; unit += O.Width)
        {
            int row = O.TileRows >= 4 ? Rows<Four>(step, unit, 0) : 0;
            row = O.TileRows >= 2 && row + 2 <= step.Rows ? Rows<Two>(step, unit, row) : row;
            if (row < step.Rows)
            {
                Rows<One>(step, unit, row);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyHidden(in LayerStep step)
    {
        for (int row = 0; row < step.Rows; row++)
        {
            float* source = step.Scratch[row];
            float* target = step.States[row] + step.HiddenOffset;
            for (int unit = 0; unit < step.Units; unit += O.Width)
            {
                O.Store(O.Load(source + unit), target + unit);
            }
        }
    }

    /// <summary>One vector of units for as many series as fill tiles of N, from <paramref name="row"/> on.</summary>
    /// <returns>The first row left over.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int Rows<N>(in LayerStep step, int unit, int row)
        where N : struct, ITileSize
    {
        float* weights = Weights(step, unit);
        for (; row + N.Count <= step.Rows; row += N.Count)
        {
            Prefetch(step, unit, row, row + N.Count);
            Gates<V, O> s0 = Gates<V, O>.Load(weights), s1 = s0, s2 = s0, s3 = s0;
            float* w = weights + Gates<V, O>.Stride;
            w = AddRows<N>(w, step.First + row, step.FirstOffset, step.FirstLength, ref s0, ref s1, ref s2, ref s3);
            AddRows<N>(w, step.Second + row, step.SecondOffset, step.SecondLength, ref s0, ref s1, ref s2, ref s3);

            float** states = step.States + row;
            float** targets = step.Targets + row;
            nint cell = step.CellOffset + unit;
            nint hidden = step.TargetOffset + unit;
            s0.Activate(states[0] + cell, targets[0] + hidden);
            if (N.Count >= 2)
            {
                s1.Activate(states[1] + cell, targets[1] + hidden);
            }

            if (N.Count >= 4)
            {
                s2.Activate(states[2] + cell, targets[2] + hidden);
                s3.Activate(states[3] + cell, targets[3] + hidden);
            }
        }

        return row;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float* AddRows<N>(
        float* w, float** rows, nint offset, nint length,
        ref Gates<V, O> s0, ref Gates<V, O> s1, ref Gates<V, O> s2, ref Gates<V, O> s3)
        where N : struct, ITileSize
    {
        float* x0 = rows[0] + offset;
        float* x1 = N.Count >= 2 ? rows[1] + offset : x0;
        float* x2 = N.Count >= 4 ? rows[2] + offset : x0;
        float* x3 = N.Count >= 4 ? rows[3] + offset : x0;
        for (nint k = 0; k < length; k++, w += Gates<V, O>.Stride)
        {
            var gates = Gates<V, O>.Load(w);
            s0.Add(gates, O.Set(x0[k]));
            if (N.Count >= 2)
            {
                s1.Add(gates, O.Set(x1[k]));
            }

            if (N.Count >= 4)
            {
                s2.Add(gates, O.Set(x2[k]));
                s3.Add(gates, O.Set(x3[k]));
            }
        }

        return w;
    }

    /// <summary>One series, N vectors of units at a time, from <paramref name="unit"/> on.</summary>
    /// <returns>The first unit left over.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int Units<N>(in LayerStep step, int unit)
        where N : struct, ITileSize
    {
        float* first = step.First[0] + step.FirstOffset;
        float* second = step.Second[0] + step.SecondOffset;
        float* cell = step.States[0] + step.CellOffset;
        float* hidden = step.Targets[0] + step.TargetOffset;
        for (; unit + ((N.Count - 1) * O.Width) < step.Units; unit += N.Count * O.Width)
        {
            float* w0 = Weights(step, unit);
            float* w1 = N.Count >= 2 ? Weights(step, unit + O.Width) : w0;
            float* w2 = N.Count >= 4 ? Weights(step, unit + (2 * O.Width)) : w0;
            float* w3 = N.Count >= 4 ? Weights(step, unit + (3 * O.Width)) : w0;
            Gates<V, O> u0 = Gates<V, O>.Load(w0), u1 = Gates<V, O>.Load(w1);
            Gates<V, O> u2 = Gates<V, O>.Load(w2), u3 = Gates<V, O>.Load(w3);
            nint at = Gates<V, O>.Stride;
            at = AddUnits<N>(at, w0, w1, w2, w3, first, step.FirstLength, ref u0, ref u1, ref u2, ref u3);
            AddUnits<N>(at, w0, w1, w2, w3, second, step.SecondLength, ref u0, ref u1, ref u2, ref u3);

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
    private static nint AddUnits<N>(
        nint at, float* w0, float* w1, float* w2, float* w3, float* x, nint length,
        ref Gates<V, O> u0, ref Gates<V, O> u1, ref Gates<V, O> u2, ref Gates<V, O> u3)
        where N : struct, ITileSize
    {
        for (nint k = 0; k < length; k++, at += Gates<V, O>.Stride)
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

    /// <summary>Fetches what the same place in the loops will read for the next group.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(in LayerStep step, int unit, int row, int end)
    {
        if (end <= step.NextRows && unit % AlignedBuffer.Line == 0)
        {
            for (; row < end; row++)
            {
                float* state = step.NextStates[row] + unit;
                Cache.Fetch(state + step.HiddenOffset);
                Cache.Fetch(state + step.CellOffset);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float* Weights(in LayerStep step, int unit) =>
        step.Weights + ((unit / AlignedBuffer.Line) * step.BlockStride) + (unit % AlignedBuffer.Line);
}
