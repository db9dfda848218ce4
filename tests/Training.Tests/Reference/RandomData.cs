using Streaming.Inference.Model;
using Streaming.Training.Samples;

namespace Streaming.Training.Tests.Reference;

/// <summary>Seeded random inputs.</summary>
internal static class RandomData
{
    public static float[] Floats(this Random random, int count, double scale = 1)
    {
        var values = new float[count];
        for (int n = 0; n < count; n++)
        {
            values[n] = (float)(scale * ((random.NextDouble() * 2) - 1));
        }

        return values;
    }

    public static ModelParameters Parameters(this Random random, ModelShape shape, double scale = 0.6)
    {
        var parameters = new ModelParameters(shape);
        random.Floats(parameters.Values.Length, scale).CopyTo(parameters.Values, 0);
        return parameters;
    }

    /// <summary>A window of noise; about a fifth of the weights are zero and hide a NaN target.</summary>
    public static EncodedWindow Window(
        this Random random, ModelShape shape, ulong series, int steps, long firstStep = 0)
    {
        float[] targets = random.Floats(steps * shape.Outputs, 3), weights = new float[targets.Length];
        for (int n = 0; n < weights.Length; n++)
        {
            weights[n] = random.Next(5) == 0 ? 0 : 0.25f * random.Next(1, 5);
            targets[n] = weights[n] == 0 ? float.NaN : targets[n];
        }

        return new(
            series,
            steps,
            random.Floats(steps * shape.Inputs, 2),
            random.Floats(steps * shape.SkipInputs, 2),
            targets,
            weights)
        {
            FirstStep = firstStep,
        };
    }
}
