using Streaming.Training.Preparation;

namespace Benchmarks.Experts;

/// <summary>Streams that a linear rule forecasts best: stationary autoregressions of order 3, each its own.</summary>
internal static class AutoregressiveStreams
{
    private const int Streams = 16;
    private const int Steps = 6_000;

    /// <summary>Makes them; always the same.</summary>
    public static RawSeries[] Create()
    {
        var random = new Random(31);
        long start = new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
        long[] times = [.. Enumerable.Range(0, Steps).Select(t => start + (t * TimeSpan.TicksPerHour))];
        return [.. Enumerable.Range(0, Streams).Select(n => new RawSeries($"ar-{n}", (ulong)n, times, Values(random)))];
    }

    /// <summary>Two conjugate poles within the unit circle and a real one, driven by noise near normal.</summary>
    private static double[] Values(Random random)
    {
        double radius = 0.6 + (0.38 * random.NextDouble()), cosine = (2 * random.NextDouble()) - 1;
        double real = 0.95 * random.NextDouble(), level = 100 * random.NextDouble();
        double a = 2 * radius * cosine, b = -radius * radius;
        var x = new double[Steps];
        double last = 0, before = 0, slow = 0;
        for (int t = 0; t < Steps; t++)
        {
            double noise = Enumerable.Range(0, 12).Sum(_ => random.NextDouble()) - 6;
            slow = (real * slow) + noise;
            (last, before) = ((a * last) + (b * before) + slow, last);
            x[t] = level + last;
        }

        return x;
    }
}
