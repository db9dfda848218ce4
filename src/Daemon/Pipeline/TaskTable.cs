using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Serving;

namespace Streaming.Daemon.Pipeline;

/// <summary>The tasks of one lane, by partition; makes and drops them as partitions come and go.</summary>
internal sealed partial class TaskTable(
    ForecasterOptions options, TaskFactory factory, IKafkaPort port, LaneHealth health, ILogger logger)
{
    private static readonly TimeSpan AskTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AskPatience = TimeSpan.FromMinutes(3); // below max.poll.interval.ms

    private readonly SortedDictionary<int, PartitionTask> tasks = [];

    /// <summary>All tasks, by partition.</summary>
    public IReadOnlyCollection<PartitionTask> All => tasks.Values;

    /// <summary>The task of a partition that is held.</summary>
    public PartitionTask this[int partition] => tasks[partition];

    public bool Contains(int partition) => tasks.ContainsKey(partition);

    /// <summary>Makes a task for each partition, and says where each starts to read.</summary>
    public void Open(ReadOnlySpan<int> partitions, Span<long> starts) => Open(partitions, starts, []);

    /// <summary>Drops the task of a partition and all it holds.</summary>
    public void Close(int partition)
    {
        if (tasks.Remove(partition, out PartitionTask? task))
        {
            task.Dispose();
        }
    }

    /// <summary>Drops every task and reads each partition again from where a new owner would: the one way back from
    /// anything lost.</summary>
    public void Reopen()
    {
        int[] partitions = [.. tasks.Keys];
        long[] starts = new long[partitions.Length];
        long[] uncommitted = [.. tasks.Values.Select(task => task.LiveFrom)];
        foreach (int partition in partitions)
        {
            Close(partition);
        }

        Open(partitions, starts, uncommitted);
        for (int i = 0; i < partitions.Length; i++)
        {
            port.Seek(partitions[i], starts[i]);
        }
    }

    /// <param name="partitions">Partitions to make tasks for.</param>
    /// <param name="starts">Receives where each starts to read.</param>
    /// <param name="uncommitted">Where those go live that have no committed offset; empty: as configured.</param>
    private void Open(ReadOnlySpan<int> partitions, Span<long> starts, ReadOnlySpan<long> uncommitted)
    {
        long?[] committed = Ask(port, partitions.ToArray(), static (port, partitions) =>
            port.Committed(partitions, AskTimeout));
        for (int i = 0; i < partitions.Length; i++)
        {
            (long low, long high) = Ask(port, partitions[i], static (port, partition) =>
                port.Watermarks(partition, AskTimeout));
            long? known = committed[i] ?? (uncommitted.IsEmpty ? null : uncommitted[i]);
            long liveFrom = LiveFrom(partitions[i], known, low, high);
            starts[i] = Math.Max(low, liveFrom - options.Pipeline.RestoreRecords);
            tasks[partitions[i]] = factory.Create(partitions[i], starts[i], liveFrom, committed[i]);
            LogOpened(partitions[i], starts[i], liveFrom);
        }

        long bound = options.Pipeline.MaxStateBytes, mostBytes = tasks.Count * factory.MostBytesPerPartition;
        if (bound > 0 && mostBytes > bound)
        {
            LogTooManyPartitions(tasks.Count, mostBytes, bound);
        }
    }

    private long LiveFrom(int partition, long? known, long low, long high)
    {
        if (known is not { } offset)
        {
            return options.Input.StartAtEarliest ? low : high;
        }

        if (offset < low)
        {
            LogRetentionAte(partition, low - offset, low);
            return low;
        }

        return offset <= high
            ? offset
            : throw new InvalidOperationException(
                $"Topic {options.Input.Topic}, partition {partition}: the group '{options.Application}' has committed "
                + $"offset {offset}, but the log ends at {high}. The topic was made anew: choose another Application, "
                + "or delete the group's offsets.");
    }

    /// <summary>Asks until the brokers answer; the group waits for us meanwhile.</summary>
    private T Ask<TAbout, T>(IKafkaPort kafka, TAbout about, Func<IKafkaPort, TAbout, T> question)
    {
        long end = Environment.TickCount64 + (long)AskPatience.TotalMilliseconds;
        while (true)
        {
            try
            {
                return question(kafka, about);
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

    [LoggerMessage(122, LogLevel.Warning,
        "The {Count} partitions of this lane take up to {MostBytes} bytes when full, Pipeline:MaxStateBytes is {Bound}: "
        + "add instances, or lower Pipeline:MaxSeriesPerPartition")]
    private partial void LogTooManyPartitions(int count, long mostBytes, long bound);

    [LoggerMessage(121, LogLevel.Error,
        "Partition {Partition}: {Lost} records were deleted by retention before they were read; going on at {Low}. "
        + "Raise the topic's retention or add lanes")]
    private partial void LogRetentionAte(int partition, long lost, long low);
}
