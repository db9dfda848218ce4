using System.Runtime.Intrinsics;
using Streaming.Inference.Kernels;

namespace Streaming.Training.Arithmetic;

/// <summary>
/// Checked elementwise LSTM steps for the widest vectors of this processor; see the kernel for formulas.
/// </summary>
internal static unsafe class Cells
{
    /// <summary>Activates gates in place and advances the cell, [units] each, gates four times as many.</summary>
    /// <exception cref="ArgumentException">Lengths disagree or are not whole blocks of 16.</exception>
    public static void Forward(
        Span<float> gates, Span<float> cellBefore, Span<float> cell, Span<float> cellTanh, Span<float> hidden)
    {
        int units = hidden.Length;
        Check(gates.Length, units, cellBefore.Length, cell.Length, cellTanh.Length);
        fixed (float* g = gates, before = cellBefore, c = cell, t = cellTanh, h = hidden)
        {
            switch (VectorForms.Best)
            {
                case VectorForm.Vector512:
                    CellKernel<Vector512<float>, Ops512>.Forward(g, before, c, t, h, units);
                    break;
                case VectorForm.Vector256:
                    CellKernel<Vector256<float>, Ops256>.Forward(g, before, c, t, h, units);
                    break;
                case VectorForm.Vector128:
                    CellKernel<Vector128<float>, Ops128>.Forward(g, before, c, t, h, units);
                    break;
                default:
                    CellKernel<float, OpsScalar>.Forward(g, before, c, t, h, units);
                    break;
            }
        }
    }

    /// <summary>
    /// Turns gates into the gradient of their pre-activations, in place, and passes the cell's back a step.
    /// </summary>
    /// <exception cref="ArgumentException">Lengths disagree or are not whole blocks of 16.</exception>
    public static void Backward(
        Span<float> gates, Span<float> cellBefore, Span<float> cellTanh, Span<float> hiddenSlope, Span<float> cellSlope)
    {
        int units = hiddenSlope.Length;
        Check(gates.Length, units, cellBefore.Length, cellTanh.Length, cellSlope.Length);
        fixed (float* g = gates, before = cellBefore, t = cellTanh, dh = hiddenSlope, dc = cellSlope)
        {
            switch (VectorForms.Best)
            {
                case VectorForm.Vector512:
                    CellKernel<Vector512<float>, Ops512>.Backward(g, before, t, dh, dc, units);
                    break;
                case VectorForm.Vector256:
                    CellKernel<Vector256<float>, Ops256>.Backward(g, before, t, dh, dc, units);
                    break;
                case VectorForm.Vector128:
                    CellKernel<Vector128<float>, Ops128>.Backward(g, before, t, dh, dc, units);
                    break;
                default:
                    CellKernel<float, OpsScalar>.Backward(g, before, t, dh, dc, units);
                    break;
            }
        }
    }

    private static void Check(int gates, int units, int first, int second, int third)
    {
        bool fits = units % AlignedFloats.Line == 0 && gates == 4 * units;
        if (!fits || first != units || second != units || third != units)
        {
            throw new ArgumentException($"{gates} gates do not fit states of {units}, {first}, {second}, {third}.");
        }
    }
}
