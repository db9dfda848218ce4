using Streaming.Inference.Series;

namespace Streaming.Training.Preparation;

/// <summary>Makes streams to pretrain on and to measure with: the same seed gives the same bits everywhere.</summary>
/// <remarks>Source of the threshold autoregression: Tong and Lim 1980. Plain arithmetic, no libm.</remarks>
public static class StreamGenerator
{
    private const int NoiseTerms = 12; // their sum, less half, is near normal with deviation 1

    /// <summary>Makes one regular stream that starts on a Monday.</summary>
    /// <param name="kind">What it is made of; its parameters are drawn.</param>
    /// <param name="seed">Seed of parameters and noise.</param>
    /// <param name="steps">Values.</param>
    /// <param name="stepTicks">From one to the next, in ticks.</param>
    /// <param name="seasonSteps">Season in steps, at least 2; seven of them make a week.</param>
    public static RawSeries Create(StreamKind kind, int seed, int steps, long stepTicks, int seasonSteps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(seasonSteps, 2);
        var random = new Random(seed);
        var values = new double[steps];
        IEnumerator<double> stream = Values(kind, random, seasonSteps).GetEnumerator();
        for (int t = 0; t < steps && stream.MoveNext(); t++)
        {
            values[t] = stream.Current;
        }

        long start = new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
        long[] times = [.. Enumerable.Range(0, steps).Select(t => start + (t * stepTicks))];
        return new($"{kind}-{seed}", ((ulong)kind << 32) | (uint)seed, times, values);
    }

    private static IEnumerable<double> Values(StreamKind kind, Random random, int season) => kind switch
    {
        StreamKind.AdditiveSeason => Additive(random, season),
        StreamKind.MultiplicativeSeason => Multiplicative(random, season),
        StreamKind.TwoRegimes => TwoRegimes(random, season),
        StreamKind.LevelShifts => LevelShifts(random),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Is not a kind of stream."),
    };

    private static IEnumerable<double> Additive(Random random, int season)
    {
        double level = Between(random, -100, 100), amplitude = Between(random, 1, 20);
        double drift = amplitude * 0.05 * Small(random), noise = amplitude * 0.6 * Small(random);
        var error = new SmoothNoise(random);
        var shape = new SeasonShape(random, season);
        for (int t = 0; ; t++)
        {
            level += drift * Normal(random);
            yield return level + (amplitude * shape.At(t)) + (noise * error.Next());
        }
    }

    private static IEnumerable<double> Multiplicative(Random random, int season)
    {
        double level = Between(random, 10, 1_000), depth = Between(random, 0.2, 0.9);
        double drift = 0.01 * Small(random), noise = 0.2 * Small(random);
        var error = new SmoothNoise(random);
        var shape = new SeasonShape(random, season);
        for (int t = 0; ; t++)
        {
            level *= 1 + (drift * Math.Clamp(Normal(random), -3, 3));
            yield return level * (1 + (depth * shape.At(t))) * (1 + (noise * error.Next()));
        }
    }

    private static IEnumerable<double> TwoRegimes(Random random, int season)
    {
        double level = Between(random, 10, 1_000), depth = Between(random, 0.1, 0.5);
        double strength = Between(random, 0.6, 0.9);
        double noise = Between(random, 0.03, 0.06), last = 0, before = 0;
        var shape = new SeasonShape(random, season);
        for (int t = 0; ; t++)
        {
            // In one regime the value before the last returns, in the other it turns round: no linear rule sees it.
            (last, before) = (((last > 0 ? strength : -strength) * before) + Normal(random), last);
            yield return level * (1 + (depth * shape.At(t))) * (1 + (noise * last));
        }
    }

    private static IEnumerable<double> LevelShifts(Random random)
    {
        double level = Between(random, -50, 50), jump = Between(random, 5, 50), walk = Between(random, 0, 1);
        double noise = 3 * Small(random), rate = Between(random, 0.001, 0.01);
        var error = new SmoothNoise(random);
        while (true)
        {
            level += (walk * Normal(random)) + (random.NextDouble() < rate ? jump * Normal(random) : 0);
            yield return level + (noise * error.Next());
        }
    }

    private static double Between(Random random, double low, double high) =>
        low + ((high - low) * random.NextDouble());

    /// <summary>A number in [0, 1) that is often near zero: most real streams are smoother than they are noisy.</summary>
    private static double Small(Random random)
    {
        double root = random.NextDouble();
        return root * root * root;
    }

    private static double Normal(Random random)
    {
        double sum = -NoiseTerms / 2.0;
        for (int i = 0; i < NoiseTerms; i++)
        {
            sum += random.NextDouble();
        }

        return sum;
    }

    /// <summary>Persistent noise, in half the streams smoothed once more; of deviation about 1.</summary>
    private sealed class SmoothNoise(Random random)
    {
        private readonly double persistence = Between(random, 0, 0.97);
        private readonly double smoothness = random.NextDouble() < 0.5 ? 0 : Between(random, 0.5, 0.95);
        private double rough;
        private double smooth;

        public double Next()
        {
            rough = (persistence * rough) + (Math.Sqrt(1 - (persistence * persistence)) * Normal(random));
            smooth = (smoothness * smooth) + ((1 - smoothness) * rough);
            return smooth;
        }
    }

    /// <summary>A pattern of a day with two harmonics that is weaker at the end of a week; within ±1.</summary>
    private sealed class SeasonShape(Random random, int season)
    {
        private readonly double phase = random.NextDouble();
        private readonly double second = Between(random, 0, 0.5);
        private readonly double secondPhase = random.NextDouble();
        private readonly double weekend = Between(random, 0.4, 1);

        public double At(int t)
        {
            double turns = (t % season) / (double)season;
            double day = Calendar.SineOfTurns(turns + phase) + (second * Calendar.SineOfTurns((2 * turns) + secondPhase));
            return day / (1 + second) * (t / season % 7 >= 5 ? weekend : 1);
        }
    }
}
