using System.Runtime.CompilerServices;
using Streaming.Inference.Kernels;

namespace Streaming.Training.Arithmetic;

/// <summary>The forward half of a layer's training: sums and activations of a few series at a time, in registers.
/// </summary>
/// <remarks>
/// Pre-activation: bias, then inputs in order, then hidden units in order, by fused multiply-add in one accumulator;
/// neither the number of rows nor the width of vectors changes a bit. Padded units stay zero, because their
/// pre-activations are. Source: Hochreiter and Schmidhuber 1997; forget gate, Gers et al. 2000.
/// </remarks>
internal static unsafe class LayerKernel<V, O>
    where V : struct
    where O : struct, IOps<V>
{
    /// <summary>Runs all steps, each over all panels of 16 units.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(LayerOperands x)
    {
        for (nint step = 0; step < x.Steps; step++, x.NextStep())
        {
            LayerOperands panel = x;
            for (nint unit = 0; unit < x.Units; unit += AlignedFloats.Line, panel.NextPanel())
            {
                for (nint u = 0; u < AlignedFloats.Line; u += O.Width)
                {
                    nint row = O.TileSize >= 4 ? Advance<Four>(panel, u, 0) : 0;
                    row = O.TileSize >= 2 ? Advance<Two>(panel, u, row) : row;
                    Advance<One>(panel, u, row);
                }
            }
        }
    }

    /// <summary>One vector of units for as many series as fill tiles of N, from <paramref name="row"/> on.</summary>
    /// <returns>The first row left over.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static nint Advance<N>(in LayerOperands x, nint u, nint row)
        where N : struct, ITileSize
    {
        nint state = (row * x.StateRow) + u;
        float* gates = x.Gates + (row * Panels.Width) + u;
        float* before = x.CellBefore + state, cell = x.Cell + state, tanh = x.CellTanh + state;
        float* hidden = x.Hidden + state;
        nint next = x.StateRow;
        for (; row + N.Count <= x.Rows; row += N.Count)
        {
            var s0 = GateSums<V, O>.Load(x.Bias + u);
            GateSums<V, O> s1 = s0, s2 = s0, s3 = s0;
            Add<N>(x.Inputs, u, row, ref s0, ref s1, ref s2, ref s3);
            Add<N>(x.Recurrent, u, row, ref s0, ref s1, ref s2, ref s3);

            s0.AdvanceCell(gates, before, cell);
            if (N.Count >= 2)
            {
                s1.AdvanceCell(gates + Panels.Width, before + next, cell + next);
            }

            if (N.Count >= 4)
            {
                s2.AdvanceCell(gates + (2 * Panels.Width), before + (2 * next), cell + (2 * next));
                s3.AdvanceCell(gates + (3 * Panels.Width), before + (3 * next), cell + (3 * next));
            }

            s0.EmitHidden(gates, tanh, hidden);
            if (N.Count >= 2)
            {
                s1.EmitHidden(gates + Panels.Width, tanh + next, hidden + next);
            }

            if (N.Count >= 4)
            {
                s2.EmitHidden(gates + (2 * Panels.Width), tanh + (2 * next), hidden + (2 * next));
                s3.EmitHidden(gates + (3 * Panels.Width), tanh + (3 * next), hidden + (3 * next));
            }

            gates += N.Count * Panels.Width;
            before += N.Count * next;
            cell += N.Count * next;
            tanh += N.Count * next;
            hidden += N.Count * next;
        }

        return row;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<N>(
        in ProductTerms terms, nint u, nint row,
        ref GateSums<V, O> s0, ref GateSums<V, O> s1, ref GateSums<V, O> s2, ref GateSums<V, O> s3)
        where N : struct, ITileSize
    {
        float* x0 = terms.A + (row * terms.ARow), w = terms.B + u;
        float* x1 = N.Count >= 2 ? x0 + terms.ARow : x0;
        float* x2 = N.Count >= 4 ? x1 + terms.ARow : x0;
        float* x3 = N.Count >= 4 ? x2 + terms.ARow : x0;
        nint depth = terms.Depth;
        for (nint k = 0; k < depth; k++, w += Panels.Width)
        {
            var weights = GateSums<V, O>.Load(w);
            s0.Add(weights, O.Set(x0[k]));
            if (N.Count >= 2)
            {
                s1.Add(weights, O.Set(x1[k]));
            }

            if (N.Count >= 4)
            {
                s2.Add(weights, O.Set(x2[k]));
                s3.Add(weights, O.Set(x3[k]));
            }
        }
    }
}
