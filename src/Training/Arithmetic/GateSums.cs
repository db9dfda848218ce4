using System.Runtime.CompilerServices;
using Streaming.Inference.Kernels;

namespace Streaming.Training.Arithmetic;

/// <summary>The four gates of one vector of units of a series: sums at first, then what becomes of them.</summary>
/// <remarks>In memory a gate's 16 units follow the other's: [i, f, g, o][16].</remarks>
internal unsafe struct GateSums<V, O>
    where V : struct
    where O : struct, IOps<V>
{
    private const int Line = AlignedFloats.Line;

    private V input;
    private V forget;
    private V cell;
    private V output;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static GateSums<V, O> Load(float* source)
    {
        GateSums<V, O> sums;
        sums.input = O.Load(source);
        sums.forget = O.Load(source + Line);
        sums.cell = O.Load(source + (2 * Line));
        sums.output = O.Load(source + (3 * Line));
        return sums;
    }

    /// <summary>Adds weights · x to each gate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in GateSums<V, O> weights, V x)
    {
        input = O.Fma(weights.input, x, input);
        forget = O.Fma(weights.forget, x, forget);
        cell = O.Fma(weights.cell, x, cell);
        output = O.Fma(weights.output, x, output);
    }

    /// <summary>The first half of a step's end: gates i, f, g and the new cell state, which is kept here too.</summary>
    /// <remarks>Sigmoids and tanh share a division: 1 / (a·b·c) gives each of 1/a, 1/b and 1/c. Exponentials end at
    /// 2^40, so that no product of three overflows.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AdvanceCell(float* gates, float* cellBefore, float* cellAfter)
    {
        V one = O.Set(1f), half = O.Set(Activation.SigmoidScale), whole = O.Set(Activation.TanhScale);
        V nearI = O.Add(one, Exp2.Of<V, O>(O.Multiply(input, half)));
        V nearF = O.Add(one, Exp2.Of<V, O>(O.Multiply(forget, half)));
        V expG = Exp2.Of<V, O>(O.Multiply(cell, whole));
        V nearG = O.Add(one, expG);
        V nearIG = O.Multiply(nearI, nearG);
        V inverse = O.Divide(one, O.Multiply(nearIG, nearF));
        V inverseIG = O.Multiply(inverse, nearF);
        V i = O.Multiply(inverseIG, nearG);
        V g = O.Multiply(O.Multiply(O.Subtract(one, expG), nearI), inverseIG);
        V f = O.Multiply(inverse, nearIG);
        cell = O.Fma(f, O.Load(cellBefore), O.Multiply(i, g));
        O.Store(i, gates);
        O.Store(f, gates + Line);
        O.Store(g, gates + (2 * Line));
        O.Store(cell, cellAfter);
    }

    /// <summary>The second half: gate o, tanh of the cell state and the hidden state.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void EmitHidden(float* gates, float* cellTanh, float* hidden)
    {
        V one = O.Set(1f);
        V nearO = O.Add(one, Exp2.Of<V, O>(O.Multiply(output, O.Set(Activation.SigmoidScale))));
        V expC = Exp2.Of<V, O>(O.Multiply(cell, O.Set(Activation.TanhScale)));
        V nearC = O.Add(one, expC);
        V inverse = O.Divide(one, O.Multiply(nearO, nearC));
        V o = O.Multiply(inverse, nearC);
        V tanh = O.Multiply(O.Multiply(O.Subtract(one, expC), nearO), inverse);
        O.Store(o, gates + (3 * Line));
        O.Store(tanh, cellTanh);
        O.Store(O.Multiply(o, tanh), hidden);
    }
}
