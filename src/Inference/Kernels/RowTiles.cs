using System.Runtime.CompilerServices;

namespace Streaming.Inference.Kernels;

/// <summary>Tiles of up to four series that share each load of weights.</summary>
internal static unsafe class RowTiles<V, O>
    where O : struct, IOps<V>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in LayerStep step)
    {
        for (int unit = 0; unit < step.Units; unit += O.Width)
        {
            int row = O.TileSize >= 4 ? Advance<Four>(step, unit, 0) : 0;
            row = O.TileSize >= 2 && row + 2 <= step.Rows ? Advance<Two>(step, unit, row) : row;
            if (row < step.Rows)
            {
                Advance<One>(step, unit, row);
            }
        }
    }

    /// <summary>One vector of units for as many series as fill tiles of N, from <paramref name="row"/> on.</summary>
    /// <returns>The first row left over.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int Advance<N>(in LayerStep step, int unit, int row)
        where N : struct, ITileSize
    {
        float* weights = step.WeightsOf(unit);
        bool isLast = unit + O.Width >= step.Units; // then nothing reads the old hidden state after a tile's sums
        float** rows = isLast ? step.States : step.Scratch;
        nint offset = isLast ? step.HiddenOffset : 0;
        for (; row + N.Count <= step.Rows; row += N.Count)
        {
            Prefetch(step, unit, row, row + N.Count);
            Gates<V, O> s0 = Gates<V, O>.Load(weights), s1 = s0, s2 = s0, s3 = s0;
            float* w = weights + Gates<V, O>.Length;
            w = Add<N>(w, step.First + row, step.FirstOffset, step.FirstLength, ref s0, ref s1, ref s2, ref s3);
            Add<N>(w, step.Second + row, step.SecondOffset, step.SecondLength, ref s0, ref s1, ref s2, ref s3);

            for (int i = row; isLast && i < row + N.Count; i++)
            {
                LstmKernel<V, O>.Replace(step, i, unit);
            }

            ActivateCells<N>(step.States + row, step.CellOffset + unit, ref s0, ref s1, ref s2, ref s3);
            ActivateHidden<N>(rows + row, offset + unit, s0, s1, s2, s3);
        }

        return row;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float* Add<N>(
        float* w, float** rows, nint offset, nint length,
        ref Gates<V, O> s0, ref Gates<V, O> s1, ref Gates<V, O> s2, ref Gates<V, O> s3)
        where N : struct, ITileSize
    {
        float* x0 = rows[0] + offset;
        float* x1 = N.Count >= 2 ? rows[1] + offset : x0;
        float* x2 = N.Count >= 4 ? rows[2] + offset : x0;
        float* x3 = N.Count >= 4 ? rows[3] + offset : x0;
        for (nint k = 0; k < length; k++, w += Gates<V, O>.Length)
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

    /// <remarks>
    /// All cell states come before all hidden states, which have to wait for a division: meanwhile the next series'
    /// exponentials run.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ActivateCells<N>(
        float** states, nint cell,
        ref Gates<V, O> s0, ref Gates<V, O> s1, ref Gates<V, O> s2, ref Gates<V, O> s3)
        where N : struct, ITileSize
    {
        s0.ActivateCell(states[0] + cell);
        if (N.Count >= 2)
        {
            s1.ActivateCell(states[1] + cell);
        }

        if (N.Count >= 4)
        {
            s2.ActivateCell(states[2] + cell);
            s3.ActivateCell(states[3] + cell);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ActivateHidden<N>(
        float** targets, nint hidden, in Gates<V, O> s0, in Gates<V, O> s1, in Gates<V, O> s2, in Gates<V, O> s3)
        where N : struct, ITileSize
    {
        s0.ActivateHidden(targets[0] + hidden);
        if (N.Count >= 2)
        {
            s1.ActivateHidden(targets[1] + hidden);
        }

        if (N.Count >= 4)
        {
            s2.ActivateHidden(targets[2] + hidden);
            s3.ActivateHidden(targets[3] + hidden);
        }
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
}
