using Streaming.Daemon.Kafka;
using Streaming.Daemon.Serving;

namespace Streaming.Daemon.Pipeline;

/// <summary>The tasks of one lane, by partition; makes and drops them as partitions come and go.</summary>
/// <remarks>What a task begins with is read back a little at each turn; until then its partition is paused.</remarks>
/// <param name="open">Begins to open a partition, which this lane may have dropped the task of.</param>
/// <param name="port">The lane's Kafka.</param>
/// <param name="health">Told of brokers that don't answer.</param>
internal class PartitionTable<TTask>(Func<int, TTask?, Opening<TTask>> open, IKafkaPort port, LaneHealth health)
    where TTask : class, IPartitionTask
{
    private readonly SortedDictionary<int, TTask> tasks = [];
    private readonly SortedDictionary<int, Opening<TTask>> openings = [];

    /// <summary>All tasks that have begun, by partition; a new array where one joins or leaves.</summary>
    public TTask[] All { get; private set; } = [];

    /// <summary>Partitions whose tasks have not begun.</summary>
    public IReadOnlyCollection<int> Opening => openings.Keys;

    /// <summary>The task of a partition that is held, once it has begun.</summary>
    public TTask this[int partition] => tasks[partition];

    public bool Contains(int partition) => tasks.ContainsKey(partition);

    /// <summary>Takes partitions in, and says where they start to read, which counts for nothing yet.</summary>
    public void Open(ReadOnlySpan<int> partitions, Span<long> readFrom)
    {
        readFrom.Fill(StartOffset.Beginning);
        foreach (int partition in partitions)
        {
            Open(partition, before: null);
        }
    }

    /// <summary>Drops the task of a partition and all it holds.</summary>
    public void Close(int partition)
    {
        if (tasks.Remove(partition, out TTask? task))
        {
            All = [.. tasks.Values];
            task.Dispose();
            Closed(partition);
        }

        if (openings.Remove(partition, out Opening<TTask>? opening))
        {
            opening.Dispose();
        }
    }

    /// <summary>Drops tasks and opens their partitions again as a new owner would: the one way back from anything
    /// lost.</summary>
    public void Reopen(IReadOnlyCollection<int> partitions)
    {
        foreach (int partition in partitions.ToArray())
        {
            TTask before = tasks[partition];
            Close(partition);
            Open(partition, before);
        }
    }

    /// <summary>Goes on with what is being opened. Partitions whose tasks begin deliver from then on.</summary>
    /// <returns>Whether any has begun.</returns>
    /// <exception cref="KafkaPortException">The brokers refuse.</exception>
    public bool Turn()
    {
        int before = tasks.Count;
        foreach (Opening<TTask> opening in openings.Values.ToArray())
        {
            try
            {
                if (opening.TryFinish() is { } task)
                {
                    openings.Remove(task.Partition);
                    opening.Dispose();
                    Begin(task);
                }
            }
            catch (KafkaPortException e) when (e.Retriable)
            {
                health.Waiting($"partition {opening.Partition}: {e.Message}");
            }
        }

        return tasks.Count > before;
    }

    /// <summary>Called when a task has begun.</summary>
    protected virtual void Opened()
    {
    }

    /// <summary>Called when a task was dropped.</summary>
    protected virtual void Closed(int partition)
    {
    }

    private void Open(int partition, TTask? before)
    {
        port.Pause(partition);
        openings.Add(partition, open(partition, before));
    }

    private void Begin(TTask task)
    {
        tasks.Add(task.Partition, task);
        All = [.. tasks.Values];
        port.Seek(task.Partition, task.NextOffset);
        if (!task.Reading.IsStopped)
        {
            port.Resume(task.Partition);
        }

        Opened();
    }
}
