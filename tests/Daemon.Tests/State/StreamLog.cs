using System.Globalization;
using System.Text;
using Streaming.Daemon.Configuration;

namespace Daemon.Tests.State;

/// <summary>One observation of a random log.</summary>
internal readonly record struct LogEntry(byte[] SeriesId, long TimeTicks, double Value);

/// <summary>A random log of one partition in which all happens that a state has to outlive: late and future times, gaps,
/// silence, series that come, go and come back, and more of them than there is room for.</summary>
internal static class StreamLog
{
    public const int MaxSeries = 7;

    private const long Second = TimeSpan.TicksPerSecond;

    public static readonly long Start = new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    public static readonly ForecasterOptions Options = new()
    {
        Series = new()
        {
            Step = "00:01:00",
            MaxSkew = TimeSpan.FromMinutes(3),
            MaxFuture = TimeSpan.FromMinutes(30),
            WindowSteps = 12,
            MaxGapSteps = 4,
            SilenceSteps = 3,
            IdleAfter = TimeSpan.FromMinutes(12),
            Season = TimeSpan.FromMinutes(4),
        },
        Rules =
        [
            new() { Select = "e*", Step = "event", IdleAfter = TimeSpan.FromMinutes(9) },
            new() { Select = "late*", Grace = TimeSpan.FromMinutes(2), Gap = Streaming.Inference.Series.FillKind.Linear },
            new() { Select = "*_total", IdleAfter = TimeSpan.Zero, Gap = Streaming.Inference.Series.FillKind.Model },
        ],
        Model = new() { Hidden = 5, Layers = 2, Horizons = [1, 3], LagSteps = 4 },
        Pipeline = new() { MaxSeriesPerPartition = MaxSeries },
    };

    /// <summary>Records, each of one to three observations.</summary>
    public static LogEntry[][] Create(Random random, int records)
    {
        long now = Start;
        int[] phases = [.. Enumerable.Range(0, 12).Select(_ => random.Next(40))];
        var log = new LogEntry[records][];
        for (int i = 0; i < records; i++)
        {
            now += random.Next(60) == 0 ? 600 * Second : random.NextInt64(25 * Second);
            log[i] = [.. Enumerable.Range(0, random.Next(8) == 0 ? 3 : 1).Select(_ => Entry(random, now, i, phases))];
        }

        return log;
    }

    private static LogEntry Entry(Random random, long now, int record, int[] phases)
    {
        int s = random.Next(phases.Length);
        while ((record + phases[s]) % 90 < 35 && random.Next(30) != 0) // its quiet time
        {
            s = random.Next(phases.Length);
        }

        string id = (s % 4) switch
        {
            0 => $"e{s}",
            1 => $"late{s}",
            2 => $"n{s}_total",
            _ => $"g{s}",
        };
        long time = random.Next(50) switch
        {
            0 => now + (3_600 * Second),
            < 8 => now - random.NextInt64(300 * Second),
            _ => now - random.NextInt64(5 * Second),
        };
        double value = s % 4 == 2 ? record + random.NextDouble() - (random.Next(20) == 0 ? record : 0)
            : random.NextDouble() * 100;
        return new(Encoding.UTF8.GetBytes(id), time, Math.Max(0, value));
    }

    public static string Text(LogEntry entry) => string.Create(
        CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetString(entry.SeriesId)} {new DateTime(entry.TimeTicks):HH:mm:ss}");
}
