using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Streaming.Inference.Kernels;

/// <summary>Sixteen lanes: AVX-512 F and DQ.</summary>
internal readonly unsafe struct Ops512 : IOps<Vector512<float>>
{
    public static int Width => 16;

    public static int TileRows => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> value, float* target) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Set(float value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Add(Vector512<float> a, Vector512<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Subtract(Vector512<float> a, Vector512<float> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Multiply(Vector512<float> a, Vector512<float> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Divide(Vector512<float> a, Vector512<float> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SquareRoot(Vector512<float> value) => Vector512.Sqrt(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Fma(Vector512<float> a, Vector512<float> b, Vector512<float> c) =>
        Vector512.FusedMultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp2(Vector512<float> z)
    {
        // The limit is the first operand: a NaN in the second one wins.
        z = Vector512.MinNative(Set(Kernels.Exp2.Limit), z);
        var r = Avx512DQ.Reduce(z, 8);
        var r2 = r * r;
        var q0 = Fma(Set(Kernels.Exp2.C1), r, Set(Kernels.Exp2.C0));
        var q1 = Fma(Set(Kernels.Exp2.C3), r, Set(Kernels.Exp2.C2));
        var q2 = Fma(Set(Kernels.Exp2.C5), r, Set(Kernels.Exp2.C4));
        var p = Fma(Fma(q2, r2, q1), r2, q0);
        return Avx512F.Scale(p, z - r);
    }
}
