using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;

namespace Streaming.Inference.Kernels;

/// <summary>One lane at a time: the form for processors without fused multiply-add, and the reference for the rest.</summary>
internal readonly unsafe struct OpsScalar : IOps<float>
{
    public static int Width => 1;

    public static int TileRows => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Load(float* source) => *source;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float value, float* target) => *target = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Set(float value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Add(float a, float b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Subtract(float a, float b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Multiply(float a, float b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Divide(float a, float b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SquareRoot(float value) => MathF.Sqrt(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Fma(float a, float b, float c) =>
        System.Runtime.Intrinsics.X86.Fma.IsSupported || AdvSimd.IsSupported
            ? MathF.FusedMultiplyAdd(a, b, c)
            : SoftwareFma.Of(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Exp2(float z)
    {
        // NaN fails both comparisons and converts to the integer 0, so it stays NaN.
        z = Kernels.Exp2.Limit < z ? Kernels.Exp2.Limit : z;
        z = Kernels.Exp2.Floor > z ? Kernels.Exp2.Floor : z;
        float n = MathF.Round(z, MidpointRounding.ToEven);
        float r = z - n;
        float r2 = r * r;
        float q0 = Fma(Kernels.Exp2.C1, r, Kernels.Exp2.C0);
        float q1 = Fma(Kernels.Exp2.C3, r, Kernels.Exp2.C2);
        float q2 = Fma(Kernels.Exp2.C5, r, Kernels.Exp2.C4);
        float p = Fma(Fma(q2, r2, q1), r2, q0);
        return BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(p) + ((int)n << 23));
    }
}
