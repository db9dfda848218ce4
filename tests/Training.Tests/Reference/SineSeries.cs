using Streaming.Inference.Model;
using Streaming.Training.Samples;

namespace Streaming.Training.Tests.Reference;

/// <summary>Sines of period 12 with noise; targets are the changes from now to 1 and 3 steps ahead.</summary>
internal static class SineSeries
{
    public static ModelShape Shape { get; } = new(3, 8, 2, 2, 2);

    /// <summary>Series of the lengths given.</summary>
    public static EncodedWindow[] Windows(double noise, params int[] steps) =>
        [.. steps.Select((count, series) => Window(series, count, noise))];

    private static EncodedWindow Window(int series, int steps, double noise)
    {
        var random = new Random(series);
        double phase = random.NextDouble() * 12;
        double[] x = [.. Enumerable.Range(0, steps + 3).Select(
            t => Math.Sin((t + phase) * Math.PI / 6) + (noise * ((random.NextDouble() * 2) - 1)))];
        float[] inputs = new float[steps * 3], skip = new float[steps * 2];
        float[] targets = new float[steps * 2], weights = new float[steps * 2];
        for (int t = 0; t < steps; t++)
        {
            inputs[t * 3] = (float)x[t];
            inputs[(t * 3) + 1] = (float)(x[t] - x[Math.Max(0, t - 1)]);
            skip[t * 2] = (float)x[Math.Max(0, t - 3)];
            targets[t * 2] = (float)(x[t + 1] - x[t]);
            targets[(t * 2) + 1] = (float)(x[t + 3] - x[t]);
        }

        weights.AsSpan().Fill(1);
        return new((ulong)series, steps, inputs, skip, targets, weights);
    }
}
