using Streaming.Training.Samples;

namespace Streaming.Training.Tests.FineTuning;

/// <summary>Sines of period 12 with noise, of which windows are cut as time goes on; horizons 1 and 3.</summary>
/// <remarks>
/// Three inputs, two skip inputs. The target is the change from now to the horizon; from a step on it may be turned
/// round, so that what was learnt is worse than knowing nothing.
/// </remarks>
internal sealed class SeasonalStream
{
    public const int Steps = 108;

    private readonly ulong series;
    private readonly double[] values;

    public SeasonalStream(int series, int length = 3_000)
    {
        this.series = (ulong)series;
        var random = new Random(series);
        double phase = random.NextDouble() * 12;
        values = [.. Enumerable.Range(0, length).Select(
            t => Math.Sin((t + phase) * Math.PI / 6) + (0.1 * ((random.NextDouble() * 2) - 1)))];
    }

    /// <summary>First step whose targets are turned round.</summary>
    public int TurnStep { get; set; } = int.MaxValue;

    public static SeasonalStream[] Many(int count) =>
        [.. Enumerable.Range(0, count).Select(n => new SeasonalStream(n))];

    /// <summary>The window as it is when so many steps have passed; labels to come have no weight.</summary>
    public EncodedWindow Window(int end)
    {
        int start = end - Steps;
        float[] inputs = new float[Steps * 3], skip = new float[Steps * 2];
        float[] targets = new float[Steps * 2], weights = new float[Steps * 2];
        for (int t = start; t < end; t++)
        {
            int row = t - start;
            inputs[row * 3] = (float)values[t];
            inputs[(row * 3) + 1] = (float)(values[t] - values[Math.Max(0, t - 1)]);
            skip[row * 2] = (float)values[Math.Max(0, t - 3)];
            foreach ((int k, int horizon) in ((int, int)[])[(0, 1), (1, 3)])
            {
                bool arrived = t + horizon < end;
                float change = arrived ? (float)(values[t + horizon] - values[t]) : float.NaN;
                targets[(row * 2) + k] = t >= TurnStep ? -change : change;
                weights[(row * 2) + k] = arrived ? 1 : 0;
            }
        }

        return new(series, Steps, inputs, skip, targets, weights) { FirstStep = start };
    }
}
