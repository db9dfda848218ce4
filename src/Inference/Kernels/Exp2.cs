using System.Runtime.CompilerServices;

namespace Streaming.Inference.Kernels;

/// <summary>2^z in float, with the same bits on every processor.</summary>
/// <remarks>
/// z = n + r with n the nearest integer (ties to even) and r exact; 2^r is a polynomial of degree 5, by Estrin's
/// scheme, with its constant term fixed at 1; n goes into the exponent. Relative error at most 1.9e-7.
/// </remarks>
internal static class Exp2
{
    /// <summary>Largest exponent: three factors (1 + 2^z) still multiply without overflow.</summary>
    public const float Limit = 40f;

    /// <summary>Least exponent that the forms without a scaling instruction tell apart; 1 ± 2^-100 is 1.</summary>
    public const float Floor = -100f;

    private const float C1 = 0.6931470036506653f;
    private const float C2 = 0.24022242426872253f;
    private const float C3 = 0.05550733581185341f;
    private const float C4 = 0.009671513922512531f;
    private const float C5 = 0.0013264729641377926f;

    /// <summary>2^z, z limited to [−100, 40]; NaN stays NaN.</summary>
    public static float Of(float z) => Of<float, OpsScalar>(z);

    /// <summary>2^z, z limited to at most 40; NaN stays NaN.</summary>
    /// <remarks>Below −100 forms may differ, but 1 + 2^z and 1 − 2^z do not, and nothing else may use it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V, O>(V z)
        where O : struct, IOps<V>
    {
        z = O.Limited(z);
        V r = O.Fraction(z);
        V r2 = O.Multiply(r, r);
        V high = O.Fma(O.Set(C5), r, O.Set(C4));
        V middle = O.Fma(O.Set(C3), r, O.Set(C2));
        V low = O.Fma(O.Set(C1), r, O.Set(1f));
        V power = O.Fma(O.Fma(high, r2, middle), r2, low);
        return O.Scale(power, O.Subtract(z, r));
    }
}
