using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Pipeline;

/// <summary>The tasks of one lane, by partition; makes and drops them as partitions come and go.</summary>
internal sealed partial class TaskTable(
    ForecasterOptions options, TaskFactory factory, IKafkaPort port, PartitionStarts starts, ILogger logger)
{
    private readonly SortedDictionary<int, PartitionTask> tasks = [];

    /// <summary>All tasks, by partition.</summary>
    public IReadOnlyCollection<PartitionTask> All => tasks.Values;

    /// <summary>The task of a partition that is held.</summary>
    public PartitionTask this[int partition] => tasks[partition];

    public bool Contains(int partition) => tasks.ContainsKey(partition);

    /// <summary>Makes a task for each partition, and says where each starts to read.</summary>
    public void Open(ReadOnlySpan<int> partitions, Span<long> readFrom) => Open(partitions.ToArray(), readFrom, []);

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
        PartitionOffset[] decided = [.. tasks.Values.Select(task => task.FirstCommit)];
        foreach (int partition in partitions)
        {
            Close(partition);
        }

        Open(partitions, starts, decided);
        for (int i = 0; i < partitions.Length; i++)
        {
            port.Seek(partitions[i], starts[i]);
        }
    }

    private void Open(int[] partitions, Span<long> readFrom, PartitionOffset[] decided)
    {
        StartPlace[] places = starts.Find(partitions, decided);
        for (int i = 0; i < partitions.Length; i++)
        {
            tasks[partitions[i]] = factory.Create(partitions[i], places[i]);
            readFrom[i] = places[i].ReadFrom;
        }

        long bound = options.Pipeline.MaxStateBytes, mostBytes = tasks.Count * factory.MostBytesPerPartition;
        if (bound > 0 && mostBytes > bound)
        {
            LogTooManyPartitions(tasks.Count, mostBytes, bound);
        }
    }

    [LoggerMessage(122, LogLevel.Warning,
        "The {Count} partitions of this lane take up to {MostBytes} bytes when full, Pipeline:MaxStateBytes is {Bound}: "
        + "add instances, or lower Pipeline:MaxSeriesPerPartition")]
    private partial void LogTooManyPartitions(int count, long mostBytes, long bound);
}
