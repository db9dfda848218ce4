using Streaming.Inference.Experts;
using Streaming.Inference.Series;

namespace Inference.Tests.Series;

/// <summary>Seeded partitions with all that goes wrong: late, early, twice, gaps, jumps, slow series,
/// totals that are reset.</summary>
internal static class RandomStream
{
    public static readonly long Start = new DateTime(2024, 2, 28, 23, 0, 0, DateTimeKind.Utc).Ticks;

    private const long Second = TimeSpan.TicksPerSecond;

    public static SeriesProfile[] Profiles(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => Profile(random))];

    public static StreamRecord[] Records(Random random, SeriesProfile[] profiles, int count)
    {
        long[] lags = [.. profiles.Select(_ => Pick(random, 0, 0, 15, 120) * Second)];
        double[] levels = [.. profiles.Select(_ => 100 * random.NextDouble())];
        var said = profiles.Select(_ => (ValueKind)random.Next(4)).ToArray();
        var starts = new long[profiles.Length];
        long now = Start;
        var records = new List<StreamRecord>(count);
        while (records.Count < count)
        {
            now += Pause(random);
            int s = random.Next(profiles.Length);
            long jitter = random.Next(4) == 0 ? random.NextInt64(1 + (2 * profiles[s].GraceTicks) + (20 * Second)) : 0;
            long ahead = random.Next(400) switch { 0 => 300 * Second, < 10 => 40 * Second, _ => 0 };
            long time = now - lags[s] - jitter + ahead;
            time -= random.Next(3) == 0 ? time % Math.Max(profiles[s].StepTicks, 1) : 0; // right on a boundary
            levels[s] += said[s] == ValueKind.Counter ? random.NextDouble() : random.NextDouble() - 0.5;
            if (random.Next(30) == 0)
            {
                levels[s] /= 2; // a reset, of which the producer may tell the time
                starts[s] = random.Next(3) == 0 ? 0 : time - random.NextInt64(20 * Second);
            }

            records.Add(new StreamRecord(s, time, levels[s] + random.NextDouble(), said[s], starts[s]));
            if (random.Next(20) == 0 && records.Count < count)
            {
                records.Add(records[random.Next(Math.Max(records.Count - 30, 0), records.Count)]); // sent twice
            }
        }

        return [.. records];
    }

    private static SeriesProfile Profile(Random random)
    {
        long step = Pick(random, 0, 7, 10, 60) * Second;
        return new SeriesProfile
        {
            StepTicks = step,
            Aggregate = random.Next(4) == 0 ? null : (Aggregate)random.Next(6),
            Kind = (ValueKind)random.Next(4),
            GraceTicks = Pick(random, 0, 0, step / 2, 3 * step, 10 * step),
            MaxSkewTicks = Pick(random, 0, step, 5 * step, 300 * Second),
            MaxGapSteps = (int)Pick(random, 0, 3, 24),
            Gap = (FillKind)random.Next(4),
            SilenceSteps = step == 0 ? 0 : (int)Pick(random, 0, 0, 2, 9),
            SeasonSteps = (int)Pick(random, 0, 1, 2, 6),
            WindowSteps = 64,
            Experts = (ExpertProfile)random.Next(3),
        };
    }

    private static long Pause(Random random) => random.Next(200) switch
    {
        0 => 1_000 * Second,
        < 6 => 50 * Second,
        _ => random.NextInt64(2 * Second),
    };

    private static long Pick(Random random, params long[] choices) => choices[random.Next(choices.Length)];
}
