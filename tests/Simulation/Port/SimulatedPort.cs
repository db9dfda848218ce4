using Confluent.Kafka;
using Simulation.Log;
using Streaming.Daemon.Kafka;

namespace Simulation.Port;

/// <summary>A port over a <see cref="SimulatedCluster"/>; keeps the contract of <see cref="IKafkaPort"/>, faults
/// included.</summary>
/// <remarks>
/// Every call first asks the cluster's fate, which may let time pass and others run, stop this process for a while or
/// kill it: whatever could happen between two calls of a real process happens there.
/// </remarks>
internal sealed class SimulatedPort : IKafkaPort
{
    private readonly SimulatedCluster cluster;
    private readonly SimulatedConsumer consumer;
    private readonly SimulatedProducer producer;
    private readonly int number; // tells processes of one identity apart in traces
    private readonly List<ProduceTarget> targets = [];
    private readonly List<SimulatedReader> readers = [];

    public SimulatedPort(SimulatedCluster cluster, ClientIdentity identity)
    {
        (this.cluster, Identity, number) = (cluster, identity, cluster.Ports++);
        consumer = new SimulatedConsumer(cluster, this);
        producer = new SimulatedProducer(cluster, consumer, identity);
    }

    public ClientIdentity Identity { get; }

    public string? Trouble => null;

    /// <summary>Whether somebody is told of what happens.</summary>
    public bool IsTraced => cluster.Trace is not null;

    /// <summary>Whether the group has an offset of a partition.</summary>
    public bool HasCommitted(int partition) => consumer.Committed([partition])[0] is not null;

    /// <summary>A log as it is.</summary>
    public PartitionLog Log(string topic, int partition) => cluster[topic][partition];

    /// <summary>The process was killed: no call reaches anybody.</summary>
    public bool IsDead { get; private set; }

    /// <summary>The process stands still, its background threads included.</summary>
    public bool IsPaused { get; set; }

    public bool IsRunning => !IsDead && !IsPaused;

    /// <summary>Mistakes it makes on purpose.</summary>
    public PortBugs Bugs
    {
        get => producer.Bugs;
        set => producer.Bugs = value;
    }

    /// <summary>Partitions held.</summary>
    public uint Held => consumer.Held;

    /// <summary>Partitions held and paused.</summary>
    public uint Paused => consumer.Paused;

    /// <summary>Where a partition held is read.</summary>
    public long Position(int partition) => consumer.Position(partition);

    /// <summary>The process dies here and now; some of what it had sent still arrives.</summary>
    public void Kill()
    {
        if (IsDead)
        {
            return;
        }

        IsDead = true;
        producer.Die();
        consumer.Die();
        readers.ForEach(reader => reader.Dispose());
    }

    public void Subscribe(string topic, IPartitionListener listener)
    {
        Enter(PortCall.Poll);
        consumer.Subscribe(topic, listener);
    }

    public void Poll(RecordBatch batch, TimeSpan wait)
    {
        PortFault fault = Enter(PortCall.Poll);
        cluster.Advance((long)wait.TotalMilliseconds);
        producer.Drift();
        if (fault == PortFault.Fatal)
        {
            throw PortErrors.Broken(PortCall.Poll);
        }

        consumer.Poll(batch);
    }

    public void Seek(int partition, long offset)
    {
        Enter(PortCall.Seek);
        consumer.Seek(partition, offset);
    }

    public void Pause(int partition)
    {
        Enter(PortCall.Pause);
        consumer.Pause(partition);
    }

    public void Resume(int partition)
    {
        Enter(PortCall.Resume);
        consumer.Resume(partition);
    }

    public PartitionOffset?[] Committed(ReadOnlySpan<int> partitions, TimeSpan timeout)
    {
        ThrowIfLate(PortCall.Committed, timeout);
        return consumer.Committed(partitions);
    }

    public (long Low, long High) Watermarks(int partition, TimeSpan timeout)
    {
        ThrowIfLate(PortCall.Watermarks, timeout);
        PartitionLog log = Reach(PortCall.Watermarks, consumer.Topic, partition);
        return (log.Start, log.StableEnd);
    }

    public (long Low, long High) Watermarks(string topic, int partition, TimeSpan timeout)
    {
        ThrowIfLate(PortCall.Watermarks, timeout);
        PartitionLog log = Reach(PortCall.Watermarks, cluster[topic], partition);
        return (log.Start, Bugs.HasFlag(PortBugs.CommittedWatermarks) ? log.StableEnd : log.HighWatermark);
    }

    public ILogReader Read(string topic)
    {
        Enter(PortCall.Read);
        var reader = new SimulatedReader(cluster, this, cluster[topic]);
        readers.Add(reader);
        return reader;
    }

    public long? OffsetAt(int partition, long timestampMs, TimeSpan timeout)
    {
        ThrowIfLate(PortCall.OffsetAt, timeout);
        PartitionLog log = Reach(PortCall.OffsetAt, consumer.Topic, partition);
        foreach (LogEntry entry in log.Entries)
        {
            if (entry.Offset >= log.Start && entry.Offset < log.HighWatermark && entry.TimestampMs >= timestampMs)
            {
                return entry.Offset;
            }
        }

        return null;
    }

    public long LogEnd(int partition) => consumer.LogEnd(partition);

    public ProduceTarget Target(string topic)
    {
        ProduceTarget? known = targets.Find(target => target.Topic == topic);
        if (known is null)
        {
            known = new ProduceTarget(topic, targets.Count);
            targets.Add(known);
        }

        return known;
    }

    public bool TryProduce(
        ProduceTarget target, int partition, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, MessageHeaders? headers,
        long timestampMs)
    {
        PortFault fault = Enter(PortCall.Produce);
        return producer.TryProduce(cluster[target.Topic], partition, key, value, headers, timestampMs, fault);
    }

    public bool Flush(TimeSpan timeout)
    {
        PortFault fault = Enter(PortCall.Flush);
        cluster.Advance(Math.Min(5, (long)timeout.TotalMilliseconds));
        return producer.Flush(fault);
    }

    public void Commit(ReadOnlySpan<PartitionOffset> next)
    {
        PortFault fault = Enter(PortCall.Commit);
        cluster.Advance(1);
        if (fault == PortFault.Retriable)
        {
            throw PortErrors.TimedOut(PortCall.Commit);
        }

        consumer.Commit(next);
        if (fault == PortFault.RetriableButDone)
        {
            throw PortErrors.TimedOut(PortCall.Commit);
        }
    }

    public void InitTransactions(TimeSpan timeout)
    {
        PortFault fault = Enter(PortCall.Init);
        cluster.Advance(1);
        producer.Init(fault);
    }

    public void BeginTransaction()
    {
        Enter(PortCall.Begin);
        producer.Begin();
    }

    public void SendOffsets(ReadOnlySpan<PartitionOffset> next, TimeSpan timeout)
    {
        PortFault fault = Enter(PortCall.SendOffsets);
        cluster.Advance(1);
        producer.SendOffsets(next, fault);
    }

    public void CommitTransaction(TimeSpan timeout)
    {
        PortFault fault = Enter(PortCall.CommitTransaction);
        cluster.Advance(1);
        producer.Commit(fault);
        cluster.Advance(0);
    }

    public void AbortTransaction(TimeSpan timeout)
    {
        PortFault fault = Enter(PortCall.AbortTransaction);
        cluster.Advance(1);
        producer.Abort(fault);
        cluster.Advance(0);
    }

    public void Close()
    {
        Enter(PortCall.Close);
        consumer.Close();
    }

    /// <summary>Ends the client as a dying process would.</summary>
    public void Dispose() => Kill();

    /// <summary>Lets happen whatever happens before a call of this process.</summary>
    internal PortFault Enter(PortCall call)
    {
        ThrowIfDead();
        PortFault fault = cluster.Fate.At(this, call);
        ThrowIfDead();
        if (cluster.Trace is not null)
        {
            Trace($"{call} {fault}");
        }

        return fault;
    }

    internal void Trace(string text) =>
        cluster.Trace?.Invoke($"{cluster.Clock.NowMs,8} {Identity.TransactionalId}#{number} {text}");

    private void ThrowIfLate(PortCall call, TimeSpan timeout)
    {
        if (Enter(call) == PortFault.Retriable)
        {
            cluster.Advance((long)timeout.TotalMilliseconds);
            throw PortErrors.TimedOut(call);
        }

        cluster.Advance(1);
    }

    private PartitionLog Reach(PortCall call, SimulatedTopic topic, int partition)
    {
        if (partition >= topic.Partitions)
        {
            throw PortErrors.Refused(call, ErrorCode.Local_UnknownPartition);
        }

        PartitionLog log = topic[partition];
        return log.AwayUntilMs <= cluster.Clock.NowMs ? log : throw PortErrors.TimedOut(call);
    }

    private void ThrowIfDead()
    {
        if (IsDead)
        {
            throw new ProcessKilledException();
        }
    }
}
