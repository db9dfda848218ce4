using System.Runtime.CompilerServices;
using Streaming.Inference.Kernels;

namespace Streaming.Training.Arithmetic;

/// <summary>The backward half of a layer's training, from the last step to the first.</summary>
/// <remarks>The gradient of h(t) gains what step t+1 sends back, and is then replaced by that of the layer's inputs.
/// Source: Werbos 1990.</remarks>
internal static unsafe class BackKernel<V, O>
    where V : struct
    where O : struct, IOps<V>
{
    /// <summary>Runs all steps; the operands are those of the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(BackOperands x)
    {
        for (nint step = x.Steps; step > 0; step--, x.NextStep())
        {
            if (step < x.Steps)
            {
                AddProduct(x, x.Gates + x.GateStep, x.RecurrentWeights, x.Slopes, x.Units);
            }

            var cells = new CellOperands
            {
                Gates = x.Gates,
                CellBefore = x.CellBefore,
                Cell = x.CellSlopes,
                CellTanh = x.CellTanh,
                Hidden = x.Slopes,
                Stride = x.Units,
                Rows = x.Rows,
            };
            for (nint unit = 0; unit < x.Units; unit += AlignedFloats.Line, cells.NextBlock(x.GatePanel))
            {
                CellKernel<V, O>.Backward(cells);
            }

            if (x.InputWeights is not null)
            {
                AddProduct(x, x.Gates, x.InputWeights, x.Zeros, startRow: 0);
            }
        }
    }

    /// <summary>slopes = start + gates · weights, two panels of gates at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddProduct(in BackOperands x, float* gates, float* weights, float* start, nint startRow)
    {
        nint gateColumns = 4 * x.Units;
        for (nint column = 0; column < x.Units; column += Panels.Width)
        {
            nint width = Math.Min(Panels.Width, x.Units - column);
            var product = new ProductOperands
            {
                Start = start + column,
                StartRow = startRow,
                C = x.Slopes + column,
                CRow = x.Units,
                Rows = x.Rows,
                Columns = width,
            };
            float* panel = gates, w = weights + (column * gateColumns);
            for (nint gate = 0; gate < gateColumns; gate += 2 * Panels.Width, panel += 2 * x.GatePanel)
            {
                bool isPair = gate + Panels.Width < gateColumns;
                product.Terms = Terms(panel, w, width);
                product.MoreTerms = isPair ? Terms(panel + x.GatePanel, w + (Panels.Width * width), width) : default;
                ProductKernel<V, O>.Run(product);
                product.Start = product.C;
                product.StartRow = product.CRow;
                w += 2 * Panels.Width * width;
            }
        }
    }

    private static ProductTerms Terms(float* gates, float* weights, nint width) => new()
    {
        A = gates,
        ARow = Panels.Width,
        ADepth = 1,
        B = weights,
        BRow = width,
        Depth = Panels.Width,
    };
}
