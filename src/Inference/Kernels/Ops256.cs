using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Streaming.Inference.Kernels;

/// <summary>Eight lanes: AVX2 with FMA.</summary>
internal readonly unsafe struct Ops256 : IOps<Vector256<float>>
{
    public static int Width => 8;

    public static int TileRows => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(float* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<float> value, float* target) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Set(float value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Add(Vector256<float> a, Vector256<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Subtract(Vector256<float> a, Vector256<float> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Multiply(Vector256<float> a, Vector256<float> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Divide(Vector256<float> a, Vector256<float> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SquareRoot(Vector256<float> value) => Vector256.Sqrt(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Fma(Vector256<float> a, Vector256<float> b, Vector256<float> c) =>
        Vector256.FusedMultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp2(Vector256<float> z)
    {
        // The limits are the first operands: a NaN in the second one wins. Conversion of a NaN gives an integer whose
        // low nine bits are zero on every processor, so a NaN p stays NaN.
        z = Vector256.MinNative(Set(Kernels.Exp2.Limit), z);
        z = Vector256.MaxNative(Set(Kernels.Exp2.Floor), z);
        var n = Vector256.Round(z);
        var r = z - n;
        var r2 = r * r;
        var q0 = Fma(Set(Kernels.Exp2.C1), r, Set(Kernels.Exp2.C0));
        var q1 = Fma(Set(Kernels.Exp2.C3), r, Set(Kernels.Exp2.C2));
        var q2 = Fma(Set(Kernels.Exp2.C5), r, Set(Kernels.Exp2.C4));
        var p = Fma(Fma(q2, r2, q1), r2, q0);
        return (p.AsInt32() + (Vector256.ConvertToInt32Native(n) << 23)).AsSingle();
    }
}
