using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Streaming.Inference.Kernels;

/// <summary>The forms in which every kernel exists. They differ in speed, never in a bit.</summary>
internal enum VectorForm
{
    Scalar,
    Vector128,
    Vector256,
    Vector512,
}

/// <summary>Which forms this processor runs.</summary>
internal static class VectorForms
{
    /// <summary>The widest supported form.</summary>
    public static VectorForm Best =>
        IsSupported(VectorForm.Vector512) ? VectorForm.Vector512
        : IsSupported(VectorForm.Vector256) ? VectorForm.Vector256
        : IsSupported(VectorForm.Vector128) ? VectorForm.Vector128
        : VectorForm.Scalar;

    /// <summary>Floats in a vector of a form.</summary>
    public static int Lanes(VectorForm form) => form switch
    {
        VectorForm.Vector512 => 16,
        VectorForm.Vector256 => 8,
        VectorForm.Vector128 => 4,
        _ => 1,
    };

    /// <summary>
    /// Whether a form runs at the speed of hardware; without fused multiply-add only the scalar one does.
    /// </summary>
    public static bool IsSupported(VectorForm form) => form switch
    {
        VectorForm.Vector512 => Vector512.IsHardwareAccelerated && Avx512F.IsSupported && Avx512DQ.IsSupported,
        VectorForm.Vector256 => Vector256.IsHardwareAccelerated && Avx2.IsSupported && Fma.IsSupported,
        VectorForm.Vector128 => Vector128.IsHardwareAccelerated && (Fma.IsSupported || AdvSimd.IsSupported),
        _ => true,
    };
}
