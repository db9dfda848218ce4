using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace Streaming.Inference.Kernels;

/// <summary>
/// One lane at a time: the form for processors without fused multiply-add, and the reference for the rest.
/// </summary>
internal readonly unsafe struct OpsScalar : IOps<float>
{
    public static int Width => 1;

    public static int TileSize => 1;

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
    public static float Limited(float z)
    {
        // NaN fails both comparisons.
        z = Exp2.Limit < z ? Exp2.Limit : z;
        return Exp2.Floor > z ? Exp2.Floor : z;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Fraction(float z) => z - MathF.Round(z, MidpointRounding.ToEven);

    /// <summary>Adds n to the exponent. A NaN n converts to 0, so a NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Scale(float a, float n) =>
        BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(a) + ((int)n << 23));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Fold(float* partial, float last) => Ops128.Fold(partial, Vector128.Load(partial + 12));
}
