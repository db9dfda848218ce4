using System.Runtime.Intrinsics;
using Streaming.Training.Arithmetic;
using Streaming.Training.Optimization;
using Streaming.Training.Tests.Reference;

namespace Streaming.Training.Tests.Optimization;

public sealed unsafe class AdamTests
{
    [Theory]
    [InlineData(0.9, 0.999)]
    [InlineData(0.8, 0.99)]
    public void Step_ManySteps_FollowsTheFormulaInDouble(double meanDecay, double squareDecay)
    {
        var random = new Random(51);
        float[] parameters = random.Floats(48);
        double[] p = [.. parameters.Select(v => (double)v)], m = new double[48], v = new double[48];
        var adam = new Adam(48, new() { MeanDecay = meanDecay, SquareDecay = squareDecay });

        for (int n = 1; n <= 50; n++)
        {
            float[] gradient = random.Floats(48, Math.Pow(10, random.Next(-4, 2)));
            adam.Step(parameters, gradient, 0.01);
            for (int k = 0; k < 48; k++)
            {
                m[k] = (meanDecay * m[k]) + ((1 - meanDecay) * gradient[k]);
                v[k] = (squareDecay * v[k]) + ((1 - squareDecay) * gradient[k] * gradient[k]);
                double mean = m[k] / (1 - Math.Pow(meanDecay, n)), square = v[k] / (1 - Math.Pow(squareDecay, n));
                p[k] -= 0.01 * mean / (Math.Sqrt(square) + 1e-8);
                Assert.Equal(p[k], parameters[k], 2e-6);
            }
        }
    }

    [Fact]
    public void Step_ZeroGradient_LeavesPaddingZero()
    {
        var parameters = new float[16];

        new Adam(16, new()).Step(parameters, new float[16], 0.1);

        Assert.All(parameters, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Reset_AfterSteps_StartsAsNew()
    {
        var random = new Random(52);
        float[] gradient = random.Floats(16), first = new float[16], second = new float[16];
        var adam = new Adam(16, new());
        adam.Step(first, random.Floats(16), 0.1);
        Array.Clear(first);

        adam.Reset();
        adam.Step(first, gradient, 0.1);
        new Adam(16, new()).Step(second, gradient, 0.1);

        Assert.Equal(second, first);
    }

    [Fact]
    public void Run_EveryWidth_GivesTheSameBits()
    {
        var step = new AdamStep(0.9f, 0.1f, 0.99f, 0.01f, 0.02f, 1.5f, 1e-8f);
        float[][] results = [.. Enumerable.Range(0, 3).Select(width => Run(width, step))];

        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
    }

    private static float[] Run(int width, AdamStep step)
    {
        var random = new Random(53);
        float[] p = random.Floats(32), g = random.Floats(32), m = random.Floats(32), v = [.. p.Select(x => x * x)];
        fixed (float* pp = p, pg = g, pm = m, pv = v)
        {
            switch (width)
            {
                case 0:
                    AdamKernel<Vector512<float>, Lanes512>.Run(pp, pg, pm, pv, 32, step);
                    break;
                case 1:
                    AdamKernel<Vector256<float>, Lanes256>.Run(pp, pg, pm, pv, 32, step);
                    break;
                default:
                    AdamKernel<Vector128<float>, Lanes128>.Run(pp, pg, pm, pv, 32, step);
                    break;
            }
        }

        return [.. p, .. m, .. v];
    }
}
