using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Pipeline;

/// <summary>The tasks of one lane, by partition; makes and drops them as partitions come and go.</summary>
/// <param name="create">Makes the task of a partition that starts somewhere.</param>
/// <param name="port">The lane's Kafka.</param>
/// <param name="starts">Says where partitions start.</param>
internal class PartitionTable<TTask>(
    Func<int, StartPlace, TTask> create, IKafkaPort port, PartitionStarts starts)
    where TTask : class, IPartitionTask
{
    private readonly SortedDictionary<int, TTask> tasks = [];

    /// <summary>All tasks, by partition.</summary>
    public IReadOnlyCollection<TTask> All => tasks.Values;

    /// <summary>The task of a partition that is held.</summary>
    public TTask this[int partition] => tasks[partition];

    public bool Contains(int partition) => tasks.ContainsKey(partition);

    /// <summary>Makes a task for each partition, and says where each starts to read.</summary>
    public void Open(ReadOnlySpan<int> partitions, Span<long> readFrom) => Open(partitions.ToArray(), readFrom, []);

    /// <summary>Drops the task of a partition and all it holds.</summary>
    public void Close(int partition)
    {
        if (tasks.Remove(partition, out TTask? task))
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
        TTask[] dropped = [.. tasks.Values];
        foreach (int partition in partitions)
        {
            Close(partition);
        }

        Open(partitions, starts, dropped);
        for (int i = 0; i < partitions.Length; i++)
        {
            port.Seek(partitions[i], starts[i]);
        }
    }

    /// <summary>Called when tasks were made.</summary>
    protected virtual void Opened()
    {
    }

    private void Open(int[] partitions, Span<long> readFrom, TTask[] dropped)
    {
        StartPlace[] places = starts.Find(partitions, dropped);
        for (int i = 0; i < partitions.Length; i++)
        {
            tasks[partitions[i]] = create(partitions[i], places[i]);
            readFrom[i] = places[i].ReadFrom;
            if (places[i].Reading.IsStopped)
            {
                port.Pause(partitions[i]);
            }
        }

        Opened();
    }
}
