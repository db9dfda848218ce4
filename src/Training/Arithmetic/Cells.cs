using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Streaming.Inference.Kernels;

namespace Streaming.Training.Arithmetic;

/// <summary>
/// Checked elementwise LSTM steps for the widest vectors of this processor; see the kernel for formulas.
/// </summary>
internal static unsafe class Cells
{
    /// <summary>Activates gates in place and advances the cell.</summary>
    /// <param name="gates">[rows, 4H'], panels without gaps between rows.</param>
    /// <param name="cellBefore">c(t-1), [rows, H'].</param>
    /// <param name="cell">c(t), [rows, H'], written.</param>
    /// <param name="cellTanh">tanh c(t), [rows, H'], written.</param>
    /// <param name="hidden">h(t), [rows, H'], written.</param>
    /// <exception cref="ArgumentException">Sizes disagree or are not whole blocks of 16 units.</exception>
    public static void Forward(
        PanelView gates, MatrixView cellBefore, MatrixView cell, MatrixView cellTanh, MatrixView hidden) =>
        Run(gates, cellBefore, cell, cellTanh, hidden, isBackward: false);

    /// <summary>
    /// Turns gates into the gradient of their pre-activations, in place, and passes the cell's back a step.
    /// </summary>
    /// <param name="gates">Gates in, gradient of pre-activations out; [rows, 4H'], as above.</param>
    /// <param name="cellBefore">c(t-1), [rows, H'].</param>
    /// <param name="cellSlope">Gradient of c(t) from later steps in, of c(t-1) out; [rows, H'].</param>
    /// <param name="cellTanh">tanh c(t), [rows, H'].</param>
    /// <param name="hiddenSlope">Gradient of h(t), [rows, H'].</param>
    /// <exception cref="ArgumentException">Sizes disagree or are not whole blocks of 16 units.</exception>
    public static void Backward(
        PanelView gates, MatrixView cellBefore, MatrixView cellSlope, MatrixView cellTanh, MatrixView hiddenSlope) =>
        Run(gates, cellBefore, cellSlope, cellTanh, hiddenSlope, isBackward: true);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run(
        PanelView gates,
        MatrixView cellBefore,
        MatrixView cell,
        MatrixView cellTanh,
        MatrixView hidden,
        bool isBackward)
    {
        Check(gates, cellBefore, hidden);
        Check(gates, cell, hidden);
        Check(gates, cellTanh, hidden);
        fixed (float* g = gates.Values, before = cellBefore.Values, c = cell.Values, t = cellTanh.Values,
            h = hidden.Values)
        {
            var block = new CellOperands
            {
                Gates = g,
                CellBefore = before,
                Cell = c,
                CellTanh = t,
                Hidden = h,
                Stride = hidden.RowStride,
                Rows = hidden.Rows,
            };
            for (int n = hidden.Columns / AlignedFloats.Line; n > 0; n--)
            {
                RunBlock(block, isBackward);
                block.Gates += gates.PanelStride;
                block.CellBefore += AlignedFloats.Line;
                block.Cell += AlignedFloats.Line;
                block.CellTanh += AlignedFloats.Line;
                block.Hidden += AlignedFloats.Line;
            }
        }
    }

    private static void RunBlock(in CellOperands block, bool isBackward)
    {
        switch (VectorForms.Best)
        {
            case VectorForm.Vector512:
                RunBlock<Vector512<float>, Ops512>(block, isBackward);
                break;
            case VectorForm.Vector256:
                RunBlock<Vector256<float>, Ops256>(block, isBackward);
                break;
            case VectorForm.Vector128:
                RunBlock<Vector128<float>, Ops128>(block, isBackward);
                break;
            default:
                RunBlock<float, OpsScalar>(block, isBackward);
                break;
        }
    }

    private static void RunBlock<V, O>(in CellOperands block, bool isBackward)
        where V : struct
        where O : struct, IOps<V>
    {
        if (isBackward)
        {
            CellKernel<V, O>.Backward(block);
        }
        else
        {
            CellKernel<V, O>.Forward(block);
        }
    }

    private static void Check(PanelView gates, MatrixView states, MatrixView hidden)
    {
        bool fits = hidden.Columns % AlignedFloats.Line == 0 && gates.Columns == 4 * hidden.Columns
            && gates.Rows == hidden.Rows && gates.RowStrideAt(0) == Panels.Width
            && states.Rows == hidden.Rows && states.Columns == hidden.Columns && states.RowStride == hidden.RowStride;
        if (!fits)
        {
            throw new ArgumentException(
                $"Gates [{gates.Rows}, {gates.Columns}] do not fit states [{states.Rows}, {states.Columns}].");
        }
    }
}
