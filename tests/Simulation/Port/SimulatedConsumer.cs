using Confluent.Kafka;
using Simulation.Log;
using Streaming.Daemon.Kafka;

namespace Simulation.Port;

/// <summary>The consuming half of a simulated port: what it holds, where it reads, what the group told it.</summary>
/// <remarks>As in the real one a poll fills the batch first and answers rebalances then; records of partitions that go,
/// are moved or paused leave the batch.</remarks>
internal sealed class SimulatedConsumer(SimulatedCluster cluster, SimulatedPort port) : IGroupClient
{
    private readonly Queue<(RebalanceKind Kind, uint Partitions)> rebalances = new();
    private readonly SimulatedGroup group = cluster.GroupOf(port.Identity.Group);
    private readonly FetchPositions positions = new(cluster, cluster.GroupOf(port.Identity.Group).Offsets);
    private SimulatedTopic? topic;
    private IPartitionListener? listener;
    private RecordBatch? batch;
    private uint paused;
    private uint assigning;
    private uint leaving;
    private bool isReplaced;
    private int firstPartition;
    private long polledMs;

    public bool IsRunning => port.IsRunning && cluster.Clock.NowMs - polledMs <= port.Identity.MaxPollMs;

    public string? InstanceId => port.Identity.InstanceId;

    /// <summary>The coordinator of its group.</summary>
    public GroupCoordinator Group => group.Coordinator;

    /// <summary>Offsets of its group.</summary>
    public GroupOffsets Offsets => group.Offsets;

    /// <summary>The topic its group reads.</summary>
    /// <exception cref="InvalidOperationException">Nobody has subscribed yet.</exception>
    public SimulatedTopic Topic => group.Topic ?? throw new InvalidOperationException("There is no subscription.");

    public uint Held { get; private set; }

    public uint Paused => Held & paused;

    public bool HasUnserved => rebalances.Count > 0 || (assigning | leaving) != 0;

    public SimulatedMember? Member { get; set; }

    /// <summary>The generation of the membership; −1 for none.</summary>
    public int Generation { get; private set; } = -1;

    /// <summary>Where a partition held is read.</summary>
    public long Position(int partition) => positions[partition];

    public void Subscribe(string name, IPartitionListener listener)
    {
        (topic, this.listener) = (cluster[name], listener);
        (group.Topic, polledMs) = (topic, cluster.Clock.NowMs);
        group.Coordinator.Subscribe(this);
    }

    public void Sync(int generation, uint assigned)
    {
        Generation = generation;
        uint going = Held & ~assigned, coming = assigned & ~Held;
        if (going != 0)
        {
            rebalances.Enqueue((RebalanceKind.Revoked, going));
        }

        rebalances.Enqueue((RebalanceKind.Assigned, coming)); // of nothing, too, as librdkafka does
    }

    public void Expelled()
    {
        rebalances.Clear();
        Generation = -1;
        uint lost = (Held | assigning) & ~leaving;
        if (lost != 0)
        {
            rebalances.Enqueue((RebalanceKind.Lost, lost));
        }
    }

    public void Replaced() => isReplaced = true;

    public void Poll(RecordBatch batch)
    {
        ThrowIfReplaced();
        LeaveIfLate();
        batch.Clear();
        (this.batch, polledMs) = (batch, cluster.Clock.NowMs);
        try
        {
            Fill(batch);
            Serve();
        }
        finally
        {
            this.batch = null;
        }
    }

    public void Seek(int partition, long offset)
    {
        Require(partition);
        positions.Move(partition, offset);
        batch?.Drop(partition);
    }

    public void Pause(int partition)
    {
        paused |= Partitions.Bit(partition);
        if (!assigning.Has(partition))
        {
            Require(partition);
            batch?.Drop(partition);
            positions.Move(partition, positions[partition]);
        }
    }

    public void Resume(int partition)
    {
        if (!assigning.Has(partition))
        {
            Require(partition);
        }

        paused &= ~Partitions.Bit(partition);
    }

    public PartitionOffset?[] Committed(ReadOnlySpan<int> partitions)
    {
        var places = new PartitionOffset?[partitions.Length];
        for (int i = 0; i < places.Length; i++)
        {
            if (group.Offsets.IsUnstable(partitions[i]))
            {
                throw PortErrors.Unstable();
            }

            places[i] = group.Offsets.Of(partitions[i]);
        }

        return places;
    }

    public long LogEnd(int partition) => topic![partition].StableEnd;

    /// <summary>Commits outside any transaction.</summary>
    public void Commit(ReadOnlySpan<PartitionOffset> next)
    {
        GroupAnswer answer = Group.Validate(Member?.Id ?? 0, Generation, InstanceId, isTransactional: false);
        if (answer != GroupAnswer.Ok)
        {
            throw PortErrors.Refused(PortCall.Commit, ErrorCode.IllegalGeneration);
        }

        foreach (PartitionOffset place in next)
        {
            group.Offsets.Commit(place);
        }
    }

    /// <summary>Gives back what it holds and leaves.</summary>
    public void Close()
    {
        if (listener is null)
        {
            return;
        }

        bool isMember = Member is not null && !isReplaced;
        rebalances.Clear();
        try
        {
            if (Held != 0)
            {
                Take(isMember ? RebalanceKind.Revoked : RebalanceKind.Lost, Held);
            }
        }
        finally
        {
            group.Coordinator.Leave(this);
            listener = null;
        }
    }

    /// <summary>The process is dead.</summary>
    public void Die() => group.Coordinator.Vanish(this);

    private void Fill(RecordBatch batch)
    {
        int partitions = topic?.Partitions ?? 0, left = cluster.Fate.Amount(batch.Capacity);
        for (int partition = 0; partition < partitions; partition++)
        {
            if (IsRead(topic![partition]))
            {
                positions.ThrowIfCut(topic[partition]);
            }
        }

        firstPartition++;
        for (int i = 0; i < partitions && left > 0; i++)
        {
            PartitionLog log = topic![(firstPartition + i) % partitions];
            left -= IsRead(log) ? positions.Fill(log, batch, left) : 0;
        }
    }

    private bool IsRead(PartitionLog log) => Held.Has(log.Partition) && !paused.Has(log.Partition)
        && log.AwayUntilMs <= cluster.Clock.NowMs;

    private void Serve()
    {
        while (rebalances.TryDequeue(out (RebalanceKind Kind, uint Partitions) rebalance))
        {
            if (rebalance.Kind == RebalanceKind.Assigned)
            {
                Give(rebalance.Partitions);
            }
            else
            {
                Take(rebalance.Kind, rebalance.Partitions);
            }
        }
    }

    private void Give(uint coming)
    {
        port.Trace($"assigned {coming:b}, generation {Generation}");
        Span<int> partitions = coming.CopyTo(stackalloc int[Partitions.Most]);
        Span<long> starts = stackalloc long[partitions.Length];
        starts.Fill(StartOffset.Committed);
        assigning = coming;
        paused &= ~coming;
        try
        {
            listener!.Assigned(partitions, starts);
        }
        finally
        {
            assigning = 0;
            Held |= coming;
            for (int i = 0; i < partitions.Length; i++)
            {
                positions.Begin(topic![partitions[i]], starts[i]);
            }
        }
    }

    private void Take(RebalanceKind kind, uint going)
    {
        port.Trace($"{kind} {going:b}");
        Span<int> partitions = going.CopyTo(stackalloc int[Partitions.Most]);
        foreach (int partition in partitions)
        {
            batch?.Drop(partition);
        }

        leaving = going;
        try
        {
            if (kind == RebalanceKind.Lost)
            {
                listener!.Lost(partitions);
            }
            else
            {
                listener!.Revoked(partitions);
            }
        }
        finally
        {
            leaving = 0;
            Held &= ~going;
            if (kind == RebalanceKind.Revoked && Member is not null)
            {
                group.Coordinator.Prepare(); // they are free now: the second step
            }
        }
    }

    /// <summary>Whoever did not poll for too long has left the group meanwhile, and knows it.</summary>
    private void LeaveIfLate()
    {
        if (Member is not null && cluster.Clock.NowMs - polledMs > port.Identity.MaxPollMs)
        {
            Member = null;
            Expelled();
        }
    }

    private void ThrowIfReplaced()
    {
        if (isReplaced)
        {
            throw PortErrors.Fenced(PortCall.Poll);
        }
    }

    private void Require(int partition)
    {
        if (!Held.Has(partition))
        {
            throw new InvalidOperationException($"Partition {partition} is not held.");
        }
    }
}
