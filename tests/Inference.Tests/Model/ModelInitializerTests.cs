using Streaming.Inference.Model;

namespace Inference.Tests.Model;

public sealed class ModelInitializerTests
{
    private static readonly ModelShape Shape = new(inputs: 6, hidden: 24, layers: 2, skipInputs: 3, outputs: 2);

    [Fact]
    public void Create_SameSeed_GivesTheSameBitsAndAnotherSeedOthers()
    {
        Assert.Equal(ModelInitializer.Create(Shape, 7).Values, ModelInitializer.Create(Shape, 7).Values);
        Assert.NotEqual(ModelInitializer.Create(Shape, 7).Values, ModelInitializer.Create(Shape, 8).Values);
    }

    [Fact]
    public void Create_RecurrentMatrices_AreOrthogonal()
    {
        ModelParameters parameters = ModelInitializer.Create(Shape, 1);
        int n = Shape.Hidden;
        for (int block = 0; block < 8; block++)
        {
            Span<float> matrix = parameters.RecurrentWeights(block / 4).Slice(block % 4 * n * n, n * n);
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    double dot = 0;
                    for (int k = 0; k < n; k++)
                    {
                        dot += matrix[(i * n) + k] * (double)matrix[(j * n) + k];
                    }

                    Assert.Equal(i == j ? 1 : 0, dot, 1e-6);
                }
            }
        }
    }

    [Fact]
    public void Create_BiasAndHead_ForgetIsOneAndTheRestZero()
    {
        ModelParameters parameters = ModelInitializer.Create(Shape, 1);

        Assert.Equal(Shape.Hidden, parameters.Bias(1).ToArray().Sum());
        Assert.All(parameters.Bias(0).Slice(24, 24).ToArray(), value => Assert.Equal(1f, value));
        Assert.All(parameters.HeadWeights.ToArray(), value => Assert.Equal(0f, value));
        Assert.All(parameters.SkipWeights.ToArray(), value => Assert.Equal(0f, value));
        Assert.InRange(parameters.InputWeights(0).ToArray().Max(), 0.1f, MathF.Sqrt(6f / 30));
    }
}
