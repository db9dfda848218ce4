using Streaming.Inference.Model;

namespace Inference.Tests.Model;

/// <summary>Seeded shapes, parameters and inputs. Uses no libm, so every platform draws the same bits.</summary>
internal static class RandomModel
{
    public static ModelShape Shape(Random random, int maxHidden) => new(
        inputs: random.Next(1, 20),
        hidden: random.Next(1, maxHidden + 1),
        layers: random.Next(1, 4),
        skipInputs: random.Next(0, 40),
        outputs: random.Next(1, 40));

    /// <summary>Parameters in torch's own range, ±1/√H, so that states stay lively.</summary>
    public static ModelParameters Parameters(ModelShape shape, Random random)
    {
        var parameters = new ModelParameters(shape);
        Fill(parameters.Values, random, 1f / MathF.Sqrt(shape.Hidden));
        return parameters;
    }

    public static float[] Floats(Random random, int count, float range = 2f)
    {
        var values = new float[count];
        Fill(values, random, range);
        return values;
    }

    private static void Fill(Span<float> values, Random random, float range)
    {
        foreach (ref float value in values)
        {
            value = range * ((2 * random.NextSingle()) - 1);
        }
    }
}
