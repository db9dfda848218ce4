using System.Runtime.Intrinsics;
using Streaming.Inference.Kernels;
using Streaming.Training.Arithmetic;
using Streaming.Training.Tests.Reference;

namespace Streaming.Training.Tests.Arithmetic;

public sealed unsafe class CellsTests
{
    [Fact]
    public void Forward_GatesOfAnySize_MatchesTheEquations()
    {
        var random = new Random(23);
        float[] before = random.Floats(64, 3), pre = random.Floats(256, 60), gates = [.. pre];
        float[] cell = new float[64], tanh = new float[64], hidden = new float[64];

        Cells.Forward(Gates(gates), States(before), States(cell), States(tanh), States(hidden));

        for (int u = 0; u < 64; u++)
        {
            int row = u / 32, block = u % 32 / 16, at = (block * 128) + (row * 64) + (u % 16);
            double c = (Sigmoid(pre[at + 16]) * before[u]) + (Sigmoid(pre[at]) * Math.Tanh(pre[at + 32]));
            Assert.Equal(c, cell[u], 1e-6);
            Assert.Equal(Math.Tanh(c), tanh[u], 1e-6);
            Assert.Equal(Sigmoid(pre[at + 48]) * Math.Tanh(c), hidden[u], 1e-6);
        }
    }

    [Fact]
    public void Forward_EveryWidth_GivesTheSameBits()
    {
        var random = new Random(24);
        float[] before = random.Floats(48, 3), pre = random.Floats(192, 20);

        float[] expected = RunBoth(VectorForm.Scalar, pre, before);

        Assert.All(
            Enum.GetValues<VectorForm>().Where(VectorForms.IsSupported),
            form => Assert.Equal(expected, RunBoth(form, pre, before)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(35)]
    [InlineData(63)]
    public void Forward_NaNInAGate_ReachesTheHiddenState(int gate)
    {
        float[] gates = new float[256], hidden = new float[64];
        gates[gate] = float.NaN;

        Cells.Forward(
            Gates(gates), States(new float[64]), States(new float[64]), States(new float[64]), States(hidden));

        Assert.True(float.IsNaN(hidden[gate % 16]));
        Assert.Equal(63, hidden.Count(float.IsFinite));
    }

    private static float[] RunBoth(VectorForm form, float[] pre, float[] before) => form switch
    {
        VectorForm.Vector512 => RunBoth<Vector512<float>, Ops512>(pre, before),
        VectorForm.Vector256 => RunBoth<Vector256<float>, Ops256>(pre, before),
        VectorForm.Vector128 => RunBoth<Vector128<float>, Ops128>(pre, before),
        _ => RunBoth<float, OpsScalar>(pre, before),
    };

    /// <summary>Gates, states and gradients of a step forward and back, one after the other.</summary>
    private static float[] RunBoth<V, O>(float[] pre, float[] before)
        where V : struct
        where O : struct, IOps<V>
    {
        int units = before.Length;
        float[] gates = [.. pre], cell = new float[units], tanh = new float[units], hidden = new float[units];
        float[] slope = new Random(25).Floats(units), cellSlope = new Random(26).Floats(units);
        fixed (float* g = gates, b = before, c = cell, t = tanh, h = hidden, dh = slope, dc = cellSlope)
        {
            var operands = new CellOperands
            {
                Gates = g,
                CellBefore = b,
                Cell = c,
                CellTanh = t,
                Hidden = h,
                Stride = 16,
                Rows = units / 16,
            };
            CellKernel<V, O>.Forward(operands);
            operands.Hidden = dh;
            operands.Cell = dc;
            CellKernel<V, O>.Backward(operands);
        }

        return [.. gates, .. cell, .. tanh, .. hidden, .. cellSlope];
    }

    /// <summary>Two rows of two blocks.</summary>
    private static PanelView Gates(float[] values) => PanelView.Over(values, 2, 128);

    private static MatrixView States(float[] values) => MatrixView.Over(values, 2, 32);

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
