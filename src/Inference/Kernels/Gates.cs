using System.Runtime.CompilerServices;

namespace Streaming.Inference.Kernels;

/// <summary>The four gates of one vector of units: bias, weights, or running sums.</summary>
/// <remarks>In memory [gate i, f, g, o][lanes].</remarks>
internal unsafe struct Gates<V, O>
    where O : struct, IOps<V>
{
    public V Input;
    public V Forget;
    public V Cell;
    public V Output;

    /// <summary>Floats in memory, and from one k to the next in packed weights.</summary>
    public static int Length => 4 * O.Width;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Gates<V, O> Load(float* source)
    {
        Gates<V, O> gates;
        gates.Input = O.Load(source);
        gates.Forget = O.Load(source + O.Width);
        gates.Cell = O.Load(source + (2 * O.Width));
        gates.Output = O.Load(source + (3 * O.Width));
        return gates;
    }

    /// <summary>Adds weights · x to each gate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Gates<V, O> weights, V x)
    {
        Input = O.Fma(weights.Input, x, Input);
        Forget = O.Fma(weights.Forget, x, Forget);
        Cell = O.Fma(weights.Cell, x, Cell);
        Output = O.Fma(weights.Output, x, Output);
    }

    /// <summary>Ends a step of one series.</summary>
    /// <param name="cell">Cell state of these units, rewritten.</param>
    /// <param name="hidden">Where their hidden state goes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Activate(float* cell, float* hidden)
    {
        ActivateCell(cell);
        ActivateHidden(hidden);
    }

    /// <summary>The first half of a step's end: the new cell state, also kept in <see cref="Cell"/>.</summary>
    /// <param name="cell">Cell state of these units, rewritten.</param>
    /// <remarks>
    /// With e = 2^z (signs and log2 e are folded into the weights) and a common denominator, three exponentials and
    /// one division: c' = [c(1+ei)(1+eg) + (1−eg)(1+ef)] / [(1+ei)(1+eg)(1+ef)].
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ActivateCell(float* cell)
    {
        V one = O.Set(1f);
        V forget = O.Add(one, Exp2.Of<V, O>(Forget));
        V exponential = Exp2.Of<V, O>(Cell);
        V both = O.Multiply(O.Add(one, Exp2.Of<V, O>(Input)), O.Add(one, exponential));
        V sum = O.Fma(O.Load(cell), both, O.Multiply(O.Subtract(one, exponential), forget));
        Cell = O.Divide(sum, O.Multiply(both, forget));
        O.Store(Cell, cell);
    }

    /// <summary>The second half: the hidden state that belongs to the new cell state.</summary>
    /// <param name="hidden">Where it goes.</param>
    /// <remarks>In the same way h = (1−ec) / [(1+eo)(1+ec)].</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void ActivateHidden(float* hidden)
    {
        V one = O.Set(1f);
        V exponential = Exp2.Of<V, O>(O.Multiply(Cell, O.Set(Activation.TanhScale)));
        V divisor = O.Multiply(O.Add(one, Exp2.Of<V, O>(Output)), O.Add(one, exponential));
        O.Store(O.Divide(O.Subtract(one, exponential), divisor), hidden);
    }
}
