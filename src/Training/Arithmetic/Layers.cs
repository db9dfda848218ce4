using System.Runtime.Intrinsics;
using Streaming.Inference.Kernels;
using Streaming.Training.Network;

namespace Streaming.Training.Arithmetic;

/// <summary>Checked steps of a layer, forward and back, for the widest vectors of this processor; see the kernels for
/// formulas.</summary>
internal static unsafe class Layers
{
    /// <summary>Advances some rows by all steps of a chunk.</summary>
    /// <param name="x">The layer over the chunk.</param>
    /// <param name="rowsOfStep">Rows of all views from a step to the next.</param>
    /// <param name="rows">Those to advance.</param>
    /// <exception cref="ArgumentException">Sizes disagree or are not whole blocks of 16 units.</exception>
    public static void Forward(LayerViews x, int rowsOfStep, RowRange rows) =>
        Forward(VectorForms.Best, x, rowsOfStep, rows);

    /// <summary>The same in a given vector form.</summary>
    /// <exception cref="ArgumentException">Sizes disagree or are not whole blocks of 16 units.</exception>
    public static void Forward(VectorForm form, LayerViews x, int rowsOfStep, RowRange rows)
    {
        Check(x, rowsOfStep, rows);
        int units = x.Hidden.Columns, first = rows.First, state = first * units;
        fixed (float* bias = x.Bias, inputs = x.Inputs.Values, hiddenBefore = x.HiddenBefore.Values)
        fixed (float* inputWeights = x.InputWeights.Values, recurrentWeights = x.RecurrentWeights.Values)
        fixed (float* gates = x.Gates.Values, before = x.CellBefore.Values, cell = x.Cell.Values)
        fixed (float* tanh = x.CellTanh.Values, hidden = x.Hidden.Values)
        {
            Run(form, new LayerOperands
            {
                Bias = bias,
                Inputs = Terms(x.Inputs, inputs + (first * x.Inputs.RowStride), inputWeights),
                Recurrent = Terms(x.HiddenBefore, hiddenBefore + state, recurrentWeights),
                Gates = gates + (first * Panels.Width),
                CellBefore = before + state,
                Cell = cell + state,
                CellTanh = tanh + state,
                Hidden = hidden + state,
                StateRow = units,
                Rows = rows.Count,
                Units = units,
                Steps = x.Gates.Rows / rowsOfStep,
                InputPanel = x.InputWeights.PanelStride,
                RecurrentPanel = x.RecurrentWeights.PanelStride,
                GatePanel = x.Gates.PanelStride,
                InputStep = rowsOfStep * x.Inputs.RowStride,
                StateStep = rowsOfStep * units,
                GateStep = rowsOfStep * Panels.Width,
            });
        }
    }

    /// <summary>Takes some rows back through all steps of a chunk.</summary>
    /// <param name="x">The layer over the chunk.</param>
    /// <param name="rowsOfStep">Rows of all views from a step to the next.</param>
    /// <param name="rows">Those to take back.</param>
    /// <exception cref="ArgumentException">Sizes disagree or are not whole blocks of 16 units.</exception>
    public static void Backward(BackViews x, int rowsOfStep, RowRange rows) =>
        Backward(VectorForms.Best, x, rowsOfStep, rows);

    /// <summary>The same in a given vector form.</summary>
    /// <exception cref="ArgumentException">Sizes disagree or are not whole blocks of 16 units.</exception>
    public static void Backward(VectorForm form, BackViews x, int rowsOfStep, RowRange rows)
    {
        Check(x, rowsOfStep, rows);
        int units = x.Slopes.Columns, steps = x.Slopes.Rows / rowsOfStep;
        int last = ((steps - 1) * rowsOfStep) + rows.First, state = last * units;
        fixed (float* gates = x.Gates.Values, before = x.CellBefore.Values, tanh = x.CellTanh.Values)
        fixed (float* slopes = x.Slopes.Values, cellSlopes = x.CellSlopes.Values, zeros = x.Zeros)
        fixed (float* recurrentWeights = x.RecurrentWeights.Values, inputWeights = x.InputWeights.Values)
        {
            Run(form, new BackOperands
            {
                Gates = gates + (last * Panels.Width),
                CellBefore = before + state,
                CellTanh = tanh + state,
                CellSlopes = cellSlopes + (rows.First * units),
                Slopes = slopes + state,
                RecurrentWeights = recurrentWeights,
                InputWeights = inputWeights,
                Zeros = zeros,
                Rows = rows.Count,
                Units = units,
                Steps = steps,
                GatePanel = x.Gates.PanelStride,
                GateStep = rowsOfStep * Panels.Width,
                StateStep = rowsOfStep * units,
            });
        }
    }

    private static ProductTerms Terms(MatrixView a, float* from, float* weights) => new()
    {
        A = from,
        ARow = a.RowStride,
        ADepth = 1,
        B = weights,
        BRow = Panels.Width,
        Depth = a.Columns,
    };

    private static void Run(VectorForm form, in LayerOperands x)
    {
        switch (form)
        {
            case VectorForm.Vector512:
                LayerKernel<Vector512<float>, Ops512>.Run(x);
                break;
            case VectorForm.Vector256:
                LayerKernel<Vector256<float>, Ops256>.Run(x);
                break;
            case VectorForm.Vector128:
                LayerKernel<Vector128<float>, Ops128>.Run(x);
                break;
            default:
                LayerKernel<float, OpsScalar>.Run(x);
                break;
        }
    }

    private static void Run(VectorForm form, in BackOperands x)
    {
        switch (form)
        {
            case VectorForm.Vector512:
                BackKernel<Vector512<float>, Ops512>.Run(x);
                break;
            case VectorForm.Vector256:
                BackKernel<Vector256<float>, Ops256>.Run(x);
                break;
            case VectorForm.Vector128:
                BackKernel<Vector128<float>, Ops128>.Run(x);
                break;
            default:
                BackKernel<float, OpsScalar>.Run(x);
                break;
        }
    }

    private static void Check(LayerViews x, int rowsOfStep, RowRange rows)
    {
        int units = x.Hidden.Columns, places = x.Hidden.Rows;
        bool fits = units % AlignedFloats.Line == 0 && x.Bias.Length == 4 * units
            && rowsOfStep > 0 && places % rowsOfStep == 0 && rows.First >= 0 && rows.First + rows.Count <= rowsOfStep
            && IsGates(x.Gates, places, units)
            && IsGates(x.InputWeights, x.Inputs.Columns, units)
            && IsGates(x.RecurrentWeights, x.HiddenBefore.Columns, units)
            && IsRows(x.Inputs, places) && IsRows(x.HiddenBefore, places) && x.HiddenBefore.RowStride == units
            && IsStates(x.CellBefore, places, units) && IsStates(x.Cell, places, units)
            && IsStates(x.CellTanh, places, units) && IsStates(x.Hidden, places, units);
        if (!fits)
        {
            throw new ArgumentException(
                $"Gates [{x.Gates.Rows}, {x.Gates.Columns}] do not fit [{x.Inputs.Rows}, {x.Inputs.Columns}] inputs "
                + $"and [{places}, {units}] states, {rows} of {rowsOfStep} rows a step.");
        }
    }

    private static void Check(BackViews x, int rowsOfStep, RowRange rows)
    {
        int units = x.Slopes.Columns, places = x.Slopes.Rows;
        bool fits = units % AlignedFloats.Line == 0 && x.Zeros.Length == units
            && rowsOfStep > 0 && places % rowsOfStep == 0 && rows.First >= 0 && rows.First + rows.Count <= rowsOfStep
            && IsGates(x.Gates, places, units)
            && IsStates(x.CellBefore, places, units) && IsStates(x.CellTanh, places, units)
            && IsStates(x.Slopes, places, units) && IsStates(x.CellSlopes, rowsOfStep, units)
            && IsWeights(x.RecurrentWeights, units) && (x.InputWeights.Rows == 0 || IsWeights(x.InputWeights, units));
        if (!fits)
        {
            throw new ArgumentException(
                $"Gates [{x.Gates.Rows}, {x.Gates.Columns}] do not fit [{places}, {units}] slopes, "
                + $"{rows} of {rowsOfStep} rows a step.");
        }
    }

    private static bool IsWeights(PanelView panels, int units) =>
        panels.Rows == 4 * units && panels.Columns == units && panels.RowStrideAt(0) == panels.WidthAt(0);

    private static bool IsGates(PanelView panels, int rows, int units) =>
        panels.Rows == rows && panels.Columns == 4 * units && panels.RowStrideAt(0) == Panels.Width;

    private static bool IsRows(MatrixView matrix, int rows) => matrix.Rows == rows && matrix.ColumnStride == 1;

    private static bool IsStates(MatrixView matrix, int rows, int units) =>
        IsRows(matrix, rows) && matrix.Columns == units && matrix.RowStride == units;
}
