using System.Runtime.CompilerServices;
using Streaming.Inference.Kernels;

namespace Streaming.Training.Arithmetic;

/// <summary>The elementwise half of an LSTM step backward, for rows of series.</summary>
/// <remarks>
/// Gates of a block of 16 units are a panel: a row is [i, f, g, o][16]. Padded units stay zero in state and gradient,
/// because their pre-activations and what flows back into them are zero. Source: Hochreiter and Schmidhuber 1997;
/// forget gate, Gers et al. 2000.
/// </remarks>
internal static unsafe class CellKernel<V, O>
    where V : struct
    where O : struct, IOps<V>
{
    private const int Line = AlignedFloats.Line;

    /// <summary>Turns gates into the gradient of their pre-activations, in place, for one block of 16 units.</summary>
    /// <param name="x">
    /// Gates in, gradient of pre-activations out; c(t-1), tanh c(t) and, as hidden, the gradient of h(t) in; as cell,
    /// the gradient of c(t) from later steps in, of c(t-1) out.
    /// </param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(in CellOperands x)
    {
        V one = O.Set(1f);
        float* gates = x.Gates, cellBefore = x.CellBefore, slope = x.Cell, cellTanh = x.CellTanh, hidden = x.Hidden;
        nint stride = x.Stride;
        for (nint row = x.Rows; row > 0; row--)
        {
            for (nint u = 0; u < Line; u += O.Width)
            {
                float* at = gates + u;
                V i = O.Load(at), f = O.Load(at + Line), g = O.Load(at + (2 * Line)), o = O.Load(at + (3 * Line));
                V tanh = O.Load(cellTanh + u);
                V dh = O.Load(hidden + u);
                V dc = O.Fma(O.Multiply(dh, o), O.Subtract(one, O.Multiply(tanh, tanh)), O.Load(slope + u));
                O.Store(O.Multiply(O.Multiply(dc, g), SigmoidSlope(i, one)), at);
                O.Store(O.Multiply(O.Multiply(dc, O.Load(cellBefore + u)), SigmoidSlope(f, one)), at + Line);
                O.Store(O.Multiply(O.Multiply(dc, i), O.Subtract(one, O.Multiply(g, g))), at + (2 * Line));
                O.Store(O.Multiply(O.Multiply(dh, tanh), SigmoidSlope(o, one)), at + (3 * Line));
                O.Store(O.Multiply(dc, f), slope + u);
            }

            gates += Panels.Width;
            cellBefore += stride;
            slope += stride;
            cellTanh += stride;
            hidden += stride;
        }
    }

    /// <summary>Slope of the sigmoid where its value is s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SigmoidSlope(V s, V one) => O.Multiply(s, O.Subtract(one, s));
}
