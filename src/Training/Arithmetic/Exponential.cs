using System.Runtime.CompilerServices;

namespace Streaming.Training.Arithmetic;

/// <summary>2^z in vectors of any width, the same bits on each that fuses multiply-add.</summary>
internal static class Exponential<V, O>
    where V : struct
    where O : struct, ILanes<V>
{
    /// <summary>
    /// Adding 1.5·2^23 rounds to an integer, which is then in the low bits; 127 is the exponent's bias.
    /// </summary>
    private const float Rounder = 12_582_912f;
    private const float BiasedRounder = Rounder + 127;

    /// <summary>2^z for z between -100 and 40, beyond which it stays there; NaN stays NaN.</summary>
    /// <remarks>
    /// Round to n, then a polynomial of degree 5 in z - n (largest relative error 1.9e-7) times 2^n. 40 is far enough
    /// for a gate to be 1 or 0 in float, and keeps products of two denominators finite.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp2(V z)
    {
        z = O.AtLeast(O.Broadcast(-100f), O.AtMost(O.Broadcast(40f), z));
        V rounded = O.Subtract(O.Add(z, O.Broadcast(Rounder)), O.Broadcast(Rounder));
        V r = O.Subtract(z, rounded);
        V scale = O.BitsToExponent(O.Add(rounded, O.Broadcast(BiasedRounder)));
        V q0 = O.Fma(O.Broadcast(0.6931470036506653f), r, O.Broadcast(1f));
        V q1 = O.Fma(O.Broadcast(0.05550733581185341f), r, O.Broadcast(0.24022242426872253f));
        V q2 = O.Fma(O.Broadcast(0.0013264729641377926f), r, O.Broadcast(0.009671513922512531f));
        V r2 = O.Multiply(r, r);
        return O.Multiply(O.Fma(O.Fma(q2, r2, q1), r2, q0), scale);
    }
}
