using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Serving;

namespace Streaming.Daemon.Pipeline;

/// <summary>Finds where partitions start: at what the group has committed, else where the configuration says.</summary>
/// <remarks>
/// What the configuration says is looked up once: the place becomes the first commit, history included, and whoever
/// owns the partition then goes by that. An owner that ends before its first commit leaves no trace; the next one looks
/// again, finds a later end of the log, and says so.
/// </remarks>
internal sealed partial class PartitionStarts(
    ForecasterOptions options, IKafkaPort port, LaneHealth health, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan AskTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AskPatience = TimeSpan.FromMinutes(3); // below max.poll.interval.ms

    /// <summary>Where partitions start that come to this lane.</summary>
    /// <param name="partitions">The partitions.</param>
    /// <param name="decided">For each, the place it had before, which counts where none is committed; empty: none
    /// had.</param>
    /// <exception cref="KafkaPortException">The brokers refuse to say, or have not for three minutes.</exception>
    /// <exception cref="InvalidOperationException">The group has committed what the log does not reach.</exception>
    public StartPlace[] Find(int[] partitions, IReadOnlyList<PartitionOffset> decided)
    {
        PartitionOffset?[] committed = Ask(() => port.Committed(partitions, AskTimeout));
        var places = new StartPlace[partitions.Length];
        for (int i = 0; i < partitions.Length; i++)
        {
            int partition = partitions[i];
            (long low, long high) = Ask(() => port.Watermarks(partition, AskTimeout));
            PartitionOffset next = committed[i] ?? (decided.Count > 0 ? decided[i] : Decide(partition, low, high));
            long liveFrom = LiveFrom(next, low, high);
            long restoreFrom = liveFrom - options.Pipeline.RestoreRecords;
            long readFrom = Math.Max(low, Math.Min(restoreFrom, next.HistoryFrom ?? restoreFrom));
            places[i] = new(readFrom, liveFrom, next.HistoryFrom, committed[i]?.Offset);
            LogOpened(partition, readFrom, liveFrom);
        }

        return places;
    }

    /// <summary>The first place of a partition: nobody has read it for the group yet.</summary>
    private PartitionOffset Decide(int partition, long low, long high)
    {
        long start = Math.Clamp(Start(partition, low, high), low, high);
        PartitionOffset first = options.Output.Emit == EmitMode.All ? new(partition, start)
            : new(partition, high, start < high ? start : null);
        LogDecided(partition, options.Input.Start, OptionNames.Of(options.Output.Emit), start, first.Offset);
        return first;
    }

    private long Start(int partition, long low, long high)
    {
        if (!StartPoint.TryParseAge(options.Input.Start, out TimeSpan age))
        {
            return StartPoint.IsEarliest(options.Input.Start) ? low : high;
        }

        long fromMs = Math.Max(0, (clock.GetUtcNow() - age).ToUnixTimeMilliseconds());
        return Ask(() => port.OffsetAt(partition, fromMs, AskTimeout)) ?? high;
    }

    private long LiveFrom(PartitionOffset next, long low, long high)
    {
        if (next.Offset < low)
        {
            LogRetentionAte(next.Partition, low - next.Offset, low);
            return low;
        }

        return next.Offset <= high
            ? next.Offset
            : throw new InvalidOperationException(
                $"Topic {options.Input.Topic}, partition {next.Partition}: the group '{options.Application}' has committed "
                + $"offset {next.Offset}, but the log ends at {high}. The topic was made anew: choose another "
                + "Application, or delete the group's offsets.");
    }

    /// <summary>Asks until the brokers answer; the group waits for us meanwhile.</summary>
    private T Ask<T>(Func<T> question)
    {
        long end = Environment.TickCount64 + (long)AskPatience.TotalMilliseconds;
        while (true)
        {
            try
            {
                return question();
            }
            catch (KafkaPortException e) when (e.Retriable && Environment.TickCount64 < end)
            {
                health.Waiting($"offsets: {e.Message}");
                Thread.Sleep(200);
            }
        }
    }

    [LoggerMessage(120, LogLevel.Information,
        "Partition {Partition}: reading from {Start}, silently up to {LiveFrom}")]
    private partial void LogOpened(int partition, long start, long liveFrom);

    [LoggerMessage(121, LogLevel.Error,
        "Partition {Partition}: {Lost} records were deleted by retention before they were read; going on at {Low}. "
        + "Raise the topic's retention or add lanes")]
    private partial void LogRetentionAte(int partition, long lost, long low);

    [LoggerMessage(123, LogLevel.Information,
        "Partition {Partition} has no committed offset. Input:Start {Start} is offset {Offset}; with Output:Emit {Emit}, "
        + "forecasts begin at {LiveFrom}. Until that is committed, a restart looks again")]
    private partial void LogDecided(int partition, string start, string emit, long offset, long liveFrom);
}
