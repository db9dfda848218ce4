using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Streaming.Inference.Kernels;

/// <summary>Four lanes: Arm AdvSimd, or x86 with FMA.</summary>
internal readonly unsafe struct Ops128 : IOps<Vector128<float>>
{
    public static int Width => 4;

    public static int TileRows => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load(float* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<float> value, float* target) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Set(float value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Add(Vector128<float> a, Vector128<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Subtract(Vector128<float> a, Vector128<float> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Multiply(Vector128<float> a, Vector128<float> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Divide(Vector128<float> a, Vector128<float> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SquareRoot(Vector128<float> value) => Vector128.Sqrt(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Fma(Vector128<float> a, Vector128<float> b, Vector128<float> c) =>
        Vector128.FusedMultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Exp2(Vector128<float> z)
    {
        // The limits are the first operands: a NaN in the second one wins. Conversion of a NaN gives an integer whose
        // low nine bits are zero on every processor, so a NaN p stays NaN.
        z = Vector128.MinNative(Set(Kernels.Exp2.Limit), z);
        z = Vector128.MaxNative(Set(Kernels.Exp2.Floor), z);
        var n = Vector128.Round(z);
        var r = z - n;
        var r2 = r * r;
        var q0 = Fma(Set(Kernels.Exp2.C1), r, Set(Kernels.Exp2.C0));
        var q1 = Fma(Set(Kernels.Exp2.C3), r, Set(Kernels.Exp2.C2));
        var q2 = Fma(Set(Kernels.Exp2.C5), r, Set(Kernels.Exp2.C4));
        var p = Fma(Fma(q2, r2, q1), r2, q0);
        return (p.AsInt32() + (Vector128.ConvertToInt32Native(n) << 23)).AsSingle();
    }
}
