using System.Runtime.Intrinsics;
using Streaming.Inference.Kernels;
using Streaming.Training.Arithmetic;
using Streaming.Training.Network;
using Streaming.Training.Optimization;
using Streaming.Training.Tests.Reference;

namespace Streaming.Training.Tests.Optimization;

public sealed unsafe class OptimizerTests
{
    private static readonly ParameterLayout Layout = new(new(2, 16, 1, 1, 16));

    [Theory]
    [InlineData(0.9, 0.999)]
    [InlineData(0.8, 0.99)]
    public void Step_Adam_FollowsTheFormulaInDouble(double meanDecay, double squareDecay)
    {
        OptimizerOptions options = new() { MeanDecay = meanDecay, SquareDecay = squareDecay };

        AssertFollows(options, (p, g, m, v, n) =>
        {
            m[0] = (meanDecay * m[0]) + ((1 - meanDecay) * g);
            v[0] = (squareDecay * v[0]) + ((1 - squareDecay) * g * g);
            double mean = m[0] / (1 - Math.Pow(meanDecay, n)), square = v[0] / (1 - Math.Pow(squareDecay, n));
            return p - (0.01 * mean / (Math.Sqrt(square) + 1e-8));
        });
    }

    [Fact]
    public void Step_RmsProp_FollowsTheFormulaInDouble() =>
        AssertFollows(new() { Kind = OptimizerKind.RmsProp, SquareDecay = 0.95 }, (p, g, _, v, _) =>
        {
            v[0] = (0.95 * v[0]) + (0.05 * g * g);
            return p - (0.01 * g / (Math.Sqrt(v[0]) + 1e-8));
        });

    [Fact]
    public void Step_Sgd_FollowsTheFormulaInDouble() =>
        AssertFollows(new() { Kind = OptimizerKind.Sgd, Momentum = 0.7 }, (p, g, m, _, _) =>
        {
            m[0] = (0.7 * m[0]) + g;
            return p - (0.01 * m[0]);
        });

    [Fact]
    public void Step_AdamW_ShrinksWeightsAndNotBiases()
    {
        float[] plain = new Random(54).Floats(Layout.Length), decayed = [.. plain], start = [.. plain];
        var gradient = new float[Layout.Length];

        new Optimizer(Layout, new()).Step(plain, gradient, 0.01);
        new Optimizer(Layout, new() { Kind = OptimizerKind.AdamW, WeightDecay = 0.5 }).Step(decayed, gradient, 0.01);

        Assert.Equal(start, plain);
        HashSet<int> biases = [.. Places(Layout.Bias(0)), .. Places(Layout.HeadBias)];
        for (int n = 0; n < start.Length; n++)
        {
            Assert.Equal(biases.Contains(n) ? start[n] : start[n] * 0.995f, decayed[n]);
        }
    }

    [Theory]
    [InlineData(OptimizerKind.Adam)]
    [InlineData(OptimizerKind.AdamW)]
    [InlineData(OptimizerKind.RmsProp)]
    [InlineData(OptimizerKind.Sgd)]
    public void Step_Padding_StaysZero(OptimizerKind kind)
    {
        var parameters = new float[Layout.Length];

        new Optimizer(Layout, new() { Kind = kind }).Step(parameters, new float[Layout.Length], 0.1);

        Assert.All(parameters, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Reset_AfterSteps_StartsAsNew()
    {
        var random = new Random(52);
        float[] gradient = random.Floats(Layout.Length), first = [.. gradient], second = [.. gradient];
        var optimizer = new Optimizer(Layout, new());
        optimizer.Step(new float[Layout.Length], random.Floats(Layout.Length), 0.1);

        optimizer.Reset();
        optimizer.Step(first, gradient, 0.1);
        new Optimizer(Layout, new()).Step(second, gradient, 0.1);

        Assert.Equal(second, first);
    }

    [Fact]
    public void Run_EveryWidth_GivesTheSameBits()
    {
        AssertSameBits(new AdamRule(0.9f, 0.1f, 0.99f, 0.01f, 0.02f, 1.5f, 1e-8f));
        AssertSameBits(new RmsPropRule(0.9f, 0.1f, 0.02f, 1e-8f));
        AssertSameBits(new SgdRule(0.9f, 0.02f));
    }

    /// <summary>Fifty updates against a formula (p, g, m, v, n) to p that keeps its moments in m[0] and v[0].</summary>
    private static void AssertFollows(
        OptimizerOptions options, Func<double, double, double[], double[], int, double> formula)
    {
        var random = new Random(51);
        float[] parameters = random.Floats(Layout.Length);
        double[] expected = [.. parameters.Select(value => (double)value)];
        double[][] m = [.. expected.Select(_ => new double[1])], v = [.. expected.Select(_ => new double[1])];
        var optimizer = new Optimizer(Layout, options);

        for (int n = 1; n <= 50; n++)
        {
            float[] gradient = random.Floats(Layout.Length, Math.Pow(10, random.Next(-4, 1)));
            optimizer.Step(parameters, gradient, 0.01);
            for (int k = 0; k < Layout.Length; k += 7)
            {
                expected[k] = formula(expected[k], gradient[k], m[k], v[k], n);
                Assert.Equal(expected[k], parameters[k], 2e-6);
            }
        }
    }

    private static IEnumerable<int> Places(Panels panels) => Enumerable.Range(panels.Offset, panels.Length);

    private static void AssertSameBits<TRule>(TRule rule)
        where TRule : struct, IUpdateRule
    {
        float[] expected = Run(VectorForm.Scalar, rule);

        Assert.All(
            Enum.GetValues<VectorForm>().Where(VectorForms.IsSupported), form => Assert.Equal(expected, Run(form, rule)));
    }

    private static float[] Run<TRule>(VectorForm form, TRule rule)
        where TRule : struct, IUpdateRule =>
        form switch
        {
            VectorForm.Vector512 => Run<TRule, Vector512<float>, Ops512>(rule),
            VectorForm.Vector256 => Run<TRule, Vector256<float>, Ops256>(rule),
            VectorForm.Vector128 => Run<TRule, Vector128<float>, Ops128>(rule),
            _ => Run<TRule, float, OpsScalar>(rule),
        };

    private static float[] Run<TRule, V, O>(TRule rule)
        where TRule : struct, IUpdateRule
        where V : struct
        where O : struct, IOps<V>
    {
        var random = new Random(53);
        float[] p = random.Floats(32), g = random.Floats(32), m = random.Floats(32), v = [.. p.Select(x => x * x)];
        fixed (float* pp = p, pg = g, pm = m, pv = v)
        {
            UpdateLoop.Run<TRule, V, O>(rule, pp, pg, pm, pv, 32);
        }

        return [.. p, .. m, .. v];
    }
}
