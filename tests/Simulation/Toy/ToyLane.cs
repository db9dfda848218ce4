using Simulation.Port;
using Simulation.Schedules;
using Streaming.Daemon.Kafka;

namespace Simulation.Toy;

/// <summary>A lane in small: keyed running sums under exactly the rules of delivery, one thread, one port.</summary>
internal sealed class ToyLane : IProcess, IPartitionListener
{
    private const int LastTries = 8;
    private const int DrainTries = 200;
    private const long CommitMs = 60;

    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(50);

    private readonly IKafkaPort port;
    private readonly TimeProvider clock;
    private readonly int partitions;
    private readonly ToyCommitter committer;
    private readonly SortedDictionary<int, ToyTask> tasks = [];
    private readonly List<ToyRestore> restores = [];
    private readonly RecordBatch batch = new(64);
    private bool isInitialized;
    private bool isJoined;
    private long lastCommit;

    public ToyLane(ProcessStart start, ToyBugs bugs)
    {
        (port, clock, Events, Bugs, Adopts) = (start.Port, start.Clock, start.Events, bugs, start.Adopts);
        partitions = start.Partitions;
        Outbox = new ToyOutbox(port);
        States = port.Read(ToyTopics.State);
        Versions = new ToyVersions(port.Read(ToyTopics.Models));
        committer = new ToyCommitter(this, port);
        Versions.Open();
    }

    public ToyBugs Bugs { get; }

    public EventCounts Events { get; }

    public bool Adopts { get; }

    public ToyOutbox Outbox { get; }

    public ILogReader States { get; }

    public ToyVersions Versions { get; }

    /// <summary>Tasks whose state is there, by partition.</summary>
    public IReadOnlyCollection<ToyTask> Tasks => tasks.Values;

    public void Turn()
    {
        Versions.Poll();
        if (!TryJoin() || !committer.TrySettle())
        {
            return;
        }

        port.Poll(batch, Wait);
        bool isIdle = batch.Count == 0;
        Take();
        Restore();
        committer.SendOutputs();
        if (clock.GetElapsedTime(lastCommit).TotalMilliseconds >= CommitMs)
        {
            committer.TryCommit(isDraining: false, isIdle);
            lastCommit = clock.GetTimestamp();
        }
    }

    public void Stop()
    {
        for (int tries = 0; tries < DrainTries; tries++)
        {
            if (committer.TryCommit(isDraining: true, isIdle: true) && tasks.Values.All(t => t.Dirty.Count == 0))
            {
                break;
            }
        }

        port.Close();
    }

    public void Assigned(ReadOnlySpan<int> partitions, Span<long> starts)
    {
        starts.Fill(StartOffset.Beginning); // paused until the marker says where
        foreach (int partition in partitions)
        {
            port.Pause(partition);
            if (partition < this.partitions)
            {
                restores.Add(new ToyRestore(partition, this, port));
            }
        }
    }

    /// <summary>The last time to commit; what Kafka refuses now the next owner does again.</summary>
    public void Revoked(ReadOnlySpan<int> partitions)
    {
        for (int tries = 0; tries < LastTries && !committer.TryCommit(isDraining: false, isIdle: false); tries++)
        {
        }

        if (!committer.TrySettle())
        {
            throw PortErrors.TimedOut(PortCall.CommitTransaction); // unknown: only a new process can find out
        }

        Drop(partitions);
    }

    public void Lost(ReadOnlySpan<int> partitions)
    {
        Events.Note(RareEvent.Lost);
        Drop(partitions);
    }

    /// <summary>Drops tasks and restores them: the way back where nobody can tell what became of a commit.</summary>
    public void Reopen(IEnumerable<int> partitions)
    {
        foreach (int partition in partitions)
        {
            tasks.Remove(partition);
            port.Pause(partition);
            restores.Add(new ToyRestore(partition, this, port));
        }
    }

    /// <summary>First the transactional id, so that what an earlier process left open is aborted; then the
    /// group.</summary>
    private bool TryJoin()
    {
        try
        {
            if (!isInitialized)
            {
                port.InitTransactions(Timeout);
                isInitialized = true;
            }
        }
        catch (KafkaPortException e) when (e.Retriable)
        {
            return false;
        }

        if (!isJoined)
        {
            isJoined = true;
            port.Subscribe(ToyTopics.Input, this);
        }

        return true;
    }

    private void Take()
    {
        for (int i = 0; i < batch.Count; i++)
        {
            tasks[batch.Partitions[i]].Take(batch.Offsets[i], batch.Key(i), batch.Value(i));
        }

        foreach (PartitionOffset end in batch.Ends)
        {
            tasks[end.Partition].ReachEnd(end.Offset);
        }
    }

    private void Restore()
    {
        if (restores.Count == 0)
        {
            return;
        }

        States.Poll(batch, TimeSpan.Zero);
        for (int i = 0; i < batch.Count; i++)
        {
            restores.Find(r => r.Partition == batch.Partitions[i])!.Take(batch, i);
        }

        foreach (PartitionOffset end in batch.Ends)
        {
            restores.Find(r => r.Partition == end.Partition)!.ReachEnd();
        }

        for (int i = restores.Count - 1; i >= 0; i--)
        {
            if (restores[i].TryFinish() is { } task)
            {
                restores[i].Close();
                restores.RemoveAt(i);
                tasks.Add(task.Partition, task);
                port.Seek(task.Partition, task.NextOffset);
                port.Resume(task.Partition);
            }
        }
    }

    private void Drop(ReadOnlySpan<int> partitions)
    {
        committer.Drop(partitions);
        foreach (int partition in partitions)
        {
            tasks.Remove(partition);
            if (restores.Find(r => r.Partition == partition) is { } restore)
            {
                restore.Close();
                restores.Remove(restore);
            }
        }
    }
}
