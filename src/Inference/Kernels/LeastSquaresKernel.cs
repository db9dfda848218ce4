using System.Runtime.Intrinsics;

namespace Streaming.Inference.Kernels;

/// <summary>What recursive least squares computes, in the form that is asked for; each gives the same bits.</summary>
/// <remarks>All lengths are multiples of 8; padding must be zero and then stays so.</remarks>
internal static unsafe class LeastSquaresKernel
{
    /// <summary>Doubles of a symmetric matrix in tiles.</summary>
    /// <param name="size">Rows, a multiple of 8.</param>
    public static int TilesOf(int size) => size * (size + DoubleBuffer.Line) / 2;

    /// <summary>Place of an element of the diagonal.</summary>
    public static int DiagonalOf(int row)
    {
        int within = row % DoubleBuffer.Line, block = row - within;
        return TilesOf(block) + (block * DoubleBuffer.Line) + (within * (DoubleBuffer.Line + 1));
    }

    /// <summary>See <see cref="CovarianceKernel{V, O}"/>.</summary>
    public static void UpdateAndMultiply(
        VectorForm form, double* p, int size, double* u, double factor, double* x, double* y)
    {
        switch (form)
        {
            case VectorForm.Vector512:
                CovarianceKernel<Vector512<double>, DoubleOps512>.Run(p, size, u, factor, x, y);
                break;
            case VectorForm.Vector256:
                CovarianceKernel<Vector256<double>, DoubleOps256>.Run(p, size, u, factor, x, y);
                break;
            case VectorForm.Vector128:
                CovarianceKernel<Vector128<double>, DoubleOps128>.Run(p, size, u, factor, x, y);
                break;
            default:
                CovarianceKernel<double, DoubleOpsScalar>.Run(p, size, u, factor, x, y);
                break;
        }
    }

    /// <summary>a · b.</summary>
    public static double Dot(VectorForm form, double* a, double* b, int length) => form switch
    {
        VectorForm.Vector512 => DotKernel<Vector512<double>, DoubleOps512>.Of(a, b, length),
        VectorForm.Vector256 => DotKernel<Vector256<double>, DoubleOps256>.Of(a, b, length),
        VectorForm.Vector128 => DotKernel<Vector128<double>, DoubleOps128>.Of(a, b, length),
        _ => DotKernel<double, DoubleOpsScalar>.Of(a, b, length),
    };

    /// <summary>w := w + step · k, then w · x.</summary>
    public static double DotAfterStep(VectorForm form, double* w, double* k, double step, double* x, int length) =>
        form switch
        {
            VectorForm.Vector512 => DotKernel<Vector512<double>, DoubleOps512>.AfterStep(w, k, step, x, length),
            VectorForm.Vector256 => DotKernel<Vector256<double>, DoubleOps256>.AfterStep(w, k, step, x, length),
            VectorForm.Vector128 => DotKernel<Vector128<double>, DoubleOps128>.AfterStep(w, k, step, x, length),
            _ => DotKernel<double, DoubleOpsScalar>.AfterStep(w, k, step, x, length),
        };
}
