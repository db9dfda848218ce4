using System.Runtime.CompilerServices;
using Streaming.Inference.Kernels;

namespace Streaming.Training.Arithmetic;

/// <summary>The elementwise half of an LSTM step, forward and backward, for rows of series.</summary>
/// <remarks>
/// Gates lie in blocks of 16 units: [unit block][i, f, g, o][16]. Padded units stay zero in state and gradient,
/// because their pre-activations and what flows back into them are zero. Source: Hochreiter and Schmidhuber 1997;
/// forget gate, Gers et al. 2000.
/// </remarks>
internal static unsafe class CellKernel<V, O>
    where V : struct
    where O : struct, IOps<V>
{
    private const int Line = AlignedFloats.Line;

    /// <summary>Activates gates in place and advances the cell.</summary>
    /// <param name="gates">Pre-activations in, gates out; 4 · units.</param>
    /// <param name="cellBefore">c(t-1), [units].</param>
    /// <param name="cell">c(t), [units], written.</param>
    /// <param name="cellTanh">tanh c(t), [units], written.</param>
    /// <param name="hidden">h(t), [units], written.</param>
    /// <param name="units">Units of all rows together, a multiple of 16.</param>
    /// <remarks>Sigmoids share a division in pairs: 1 / (a·b) gives 1/a and 1/b.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(float* gates, float* cellBefore, float* cell, float* cellTanh, float* hidden, int units)
    {
        V one = O.Set(1f), half = O.Set(Activation.SigmoidScale), whole = O.Set(Activation.TanhScale);
        for (int u = 0; u < units; u += O.Width)
        {
            float* at = gates + (u / Line * 4 * Line) + (u % Line);
            V expG = Exp2.Of<V, O>(O.Multiply(O.Load(at + (2 * Line)), whole));
            V nearI = O.Add(one, Exp2.Of<V, O>(O.Multiply(O.Load(at), half)));
            V nearF = O.Add(one, Exp2.Of<V, O>(O.Multiply(O.Load(at + Line), half)));
            V nearO = O.Add(one, Exp2.Of<V, O>(O.Multiply(O.Load(at + (3 * Line)), half)));
            V nearG = O.Add(one, expG);
            V inverseIF = O.Divide(one, O.Multiply(nearI, nearF));
            V inverseGO = O.Divide(one, O.Multiply(nearG, nearO));
            V i = O.Multiply(inverseIF, nearF);
            V f = O.Multiply(inverseIF, nearI);
            V g = O.Multiply(O.Multiply(O.Subtract(one, expG), inverseGO), nearO);
            V o = O.Multiply(inverseGO, nearG);
            V c = O.Fma(f, O.Load(cellBefore + u), O.Multiply(i, g));
            V expC = Exp2.Of<V, O>(O.Multiply(c, whole));
            V tanh = O.Divide(O.Subtract(one, expC), O.Add(one, expC));
            O.Store(i, at);
            O.Store(f, at + Line);
            O.Store(g, at + (2 * Line));
            O.Store(o, at + (3 * Line));
            O.Store(c, cell + u);
            O.Store(tanh, cellTanh + u);
            O.Store(O.Multiply(o, tanh), hidden + u);
        }
    }

    /// <summary>Turns gates into the gradient of their pre-activations, in place.</summary>
    /// <param name="gates">Gates in, gradient of pre-activations out; 4 · units.</param>
    /// <param name="cellBefore">c(t-1), [units].</param>
    /// <param name="cellTanh">tanh c(t), [units].</param>
    /// <param name="hiddenSlope">Gradient of h(t), [units].</param>
    /// <param name="cellSlope">Gradient of c(t) from later steps in, of c(t-1) out; [units].</param>
    /// <param name="units">Units of all rows together, a multiple of 16.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(
        float* gates, float* cellBefore, float* cellTanh, float* hiddenSlope, float* cellSlope, int units)
    {
        V one = O.Set(1f);
        for (int u = 0; u < units; u += O.Width)
        {
            float* at = gates + (u / Line * 4 * Line) + (u % Line);
            V i = O.Load(at), f = O.Load(at + Line), g = O.Load(at + (2 * Line)), o = O.Load(at + (3 * Line));
            V tanh = O.Load(cellTanh + u);
            V dh = O.Load(hiddenSlope + u);
            V dc = O.Fma(
                O.Multiply(dh, o), O.Subtract(one, O.Multiply(tanh, tanh)), O.Load(cellSlope + u));
            O.Store(O.Multiply(O.Multiply(dc, g), SigmoidSlope(i, one)), at);
            O.Store(O.Multiply(O.Multiply(dc, O.Load(cellBefore + u)), SigmoidSlope(f, one)), at + Line);
            O.Store(O.Multiply(O.Multiply(dc, i), O.Subtract(one, O.Multiply(g, g))), at + (2 * Line));
            O.Store(O.Multiply(O.Multiply(dh, tanh), SigmoidSlope(o, one)), at + (3 * Line));
            O.Store(O.Multiply(dc, f), cellSlope + u);
        }
    }

    /// <summary>Slope of the sigmoid where its value is s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SigmoidSlope(V s, V one) => O.Multiply(s, O.Subtract(one, s));
}
