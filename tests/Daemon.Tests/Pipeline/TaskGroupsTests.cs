using System.Globalization;
using System.Text;
using Daemon.Tests.State;
using Streaming.Daemon.Configuration;
using Streaming.Inference.Experts;

namespace Daemon.Tests.Pipeline;

/// <summary>Series of a group whose records come far out of step: one may be 40 steps ahead of another in the log.
/// </summary>
public sealed class TaskGroupsTests
{
    private const int Records = 1_600;
    private const int MostAhead = 40;
    private const long Minute = TimeSpan.TicksPerMinute;

    private static readonly string[] Ids = ["a", "b", "c", "d"];

    private static readonly RuleBook Rules = new(StreamLog.Options with
    {
        Rules =
        [
            new()
            {
                Select = "*", Profile = ExpertProfile.Accuracy, IdleAfter = TimeSpan.Zero, SilenceSteps = 0,
                MaxFuture = TimeSpan.FromHours(3), MaxSkew = TimeSpan.FromHours(2),
            },
        ],
        Groups = [new() { Members = Ids }],
    });

    [Theory]
    [InlineData(1, 120)]
    [InlineData(2, 200)]
    public void Offer_ValuesAfterTReplacedByNoise_LeavesEveryForecastUpToTBitIdentical(int seed, int minute)
    {
        var random = new Random(seed);
        LogEntry[][] log = Log(random);
        long t = StreamLog.Start + (minute * Minute);

        Dictionary<(string Series, long Time), string> plain = Forecasts(log), noisy = Forecasts(
            [.. log.Select(record => record
                .Select(one => one.TimeTicks < t ? one : one with { Value = 50 * random.NextDouble() }).ToArray())]);

        Assert.Equal(plain.Where(step => End(step.Key) <= t), noisy.Where(step => End(step.Key) <= t));
        Assert.InRange(plain.Count(step => End(step.Key) <= t), 2 * minute, Ids.Length * minute);
        Assert.NotEqual(plain.Where(step => End(step.Key) > t), noisy.Where(step => End(step.Key) > t));
    }

    private static long End((string Series, long Time) step) => step.Time + Minute;

    private static Dictionary<(string Series, long Time), string> Forecasts(LogEntry[][] log)
    {
        var task = new LogTask(log, [], rules: Rules);
        while (task.Next < log.Length)
        {
            task.TakeNext();
        }

        return task.Results.Select(result => result.Split(' ')).Where(parts => parts.Length == 4)
            .ToDictionary(parts => (parts[1], long.Parse(parts[2], CultureInfo.InvariantCulture)), parts => parts[3]);
    }

    /// <summary>Each goes on at its own pace; some values are late, some missing.</summary>
    private static LogEntry[][] Log(Random random)
    {
        var log = new LogEntry[Records][];
        var places = new int[Ids.Length];
        var values = new double[Ids.Length];
        for (int i = 0; i < log.Length; i++)
        {
            int s = random.Next(Ids.Length);
            while (places[s] > places.Min() + MostAhead)
            {
                s = random.Next(Ids.Length);
            }

            places[s] += random.Next(15) == 0 ? random.Next(4) : random.Next(2);
            values[s] = (0.9 * values[s]) + random.NextDouble();
            int late = random.Next(20) == 0 ? random.Next(8) : 0;
            long time = StreamLog.Start + ((places[s] - late) * Minute) + random.NextInt64(Minute);
            log[i] = [new(Encoding.UTF8.GetBytes(Ids[s]), time, values[s])];
        }

        return log;
    }
}
