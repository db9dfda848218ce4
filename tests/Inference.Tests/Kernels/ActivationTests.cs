using Streaming.Inference.Kernels;

namespace Inference.Tests.Kernels;

public sealed class ActivationTests
{
    private static IEnumerable<float> Grid => Enumerable.Range(-40_000, 80_001).Select(i => i / 1_000f);

    [Fact]
    public void Exp2_WholeRange_IsWithin2e7()
    {
        foreach (float z in Grid)
        {
            Assert.InRange((Exp2.Of(z) / Math.Pow(2, z)) - 1, -2e-7, 2e-7);
        }
    }

    [Fact]
    public void SigmoidAndTanh_WholeRange_AreWithin2e7()
    {
        foreach (float x in Grid)
        {
            Assert.Equal(1 / (1 + Math.Exp(-x)), Activation.Sigmoid(x), 2e-7);
            Assert.Equal(Math.Tanh(x), Activation.Tanh(x), 2e-7);
        }
    }

    [Fact]
    public void All_NaNAndInfinity_AreKeptOrSaturated()
    {
        Assert.True(float.IsNaN(Exp2.Of(float.NaN)));
        Assert.True(float.IsNaN(Activation.Sigmoid(float.NaN)));
        Assert.True(float.IsNaN(Activation.Tanh(BitConverter.Int32BitsToSingle(0x7FC00123))));
        Assert.Equal(1f, Activation.Sigmoid(float.PositiveInfinity));
        Assert.Equal(1f, Activation.Tanh(float.PositiveInfinity));
        Assert.Equal(-1f, Activation.Tanh(float.NegativeInfinity));
    }
}
