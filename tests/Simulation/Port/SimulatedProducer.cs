using System.Diagnostics.CodeAnalysis;
using Confluent.Kafka;
using Simulation.Log;
using Streaming.Daemon.Kafka;

namespace Simulation.Port;

/// <summary>The producing half of a simulated port; transactional once initialized.</summary>
/// <remarks>What is taken waits in a queue and is sent in order, some of it now and then, all of it by a flush. A
/// producer that was fenced goes on sending where partitions have not heard of it yet.</remarks>
internal sealed class SimulatedProducer(SimulatedCluster cluster, SimulatedConsumer consumer, ClientIdentity identity)
{
    private const int MostQueued = 100_000;

    private readonly MessageQueue queue = new();
    private readonly HashSet<PartitionLog> unacknowledged = [];
    private readonly ClientTransaction transaction = new(cluster, identity);
    private (int Member, int Generation) firstMetadata;
    private ProducerState state;

    public PortBugs Bugs { get; set; }

    public void Init(PortFault fault)
    {
        Require(PortCall.Init, ProducerState.Fresh);
        if (fault == PortFault.Retriable || !transaction.TryInit(isHeard: fault != PortFault.RetriableButDone))
        {
            throw PortErrors.TimedOut(PortCall.Init);
        }

        state = ProducerState.Ready;
    }

    public void Begin()
    {
        Require(PortCall.Begin, ProducerState.Ready);
        state = ProducerState.Open;
    }

    public bool TryProduce(
        SimulatedTopic topic, int partition, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, MessageHeaders? headers,
        long timestampMs, PortFault fault)
    {
        RequireOpen(PortCall.Produce);
        if (key.Length + value.Length > topic.MaxRecordBytes)
        {
            throw PortErrors.Refused(PortCall.Produce, ErrorCode.MsgSizeTooLarge);
        }

        if (partition >= topic.Partitions)
        {
            throw PortErrors.Refused(PortCall.Produce, ErrorCode.Local_UnknownPartition);
        }

        if (fault == PortFault.Retriable || queue.Count >= MostQueued)
        {
            return false;
        }

        partition = partition < 0 ? Hash.Partition(key, topic.Partitions) : partition;
        queue.Add(topic[partition], key, value, headers, timestampMs);
        return true;
    }

    /// <summary>What the background thread sends in passing; a failure comes out of the next call.</summary>
    public void Drift()
    {
        if (queue.Count == 0 || state is not (ProducerState.Open or ProducerState.Fresh) || cluster.Fate.Delays())
        {
            return;
        }

        try
        {
            Send(PortCall.Produce, cluster.Fate.Amount(queue.Count));
        }
        catch (KafkaPortException)
        {
            // The state keeps it.
        }
    }

    public bool Flush(PortFault fault)
    {
        const PortCall call = PortCall.Flush;
        if (state == ProducerState.Ready)
        {
            return true;
        }

        RequireOpen(call);
        if (fault == PortFault.Abortable && transaction.IsInitialized)
        {
            Fail(call, "not delivered");
        }

        if (fault == PortFault.Abortable && queue.Count > 0)
        {
            queue.RemoveFirst();
            throw PortErrors.Refused(call, ErrorCode.Local_MsgTimedOut);
        }

        return Send(call, fault == PortFault.Retriable ? queue.Count / 2 : queue.Count) && Acknowledge();
    }

    public void SendOffsets(ReadOnlySpan<PartitionOffset> next, PortFault fault)
    {
        const PortCall call = PortCall.SendOffsets;
        Require(call, ProducerState.Open);
        if (fault == PortFault.Abortable)
        {
            Fail(call, "refused");
        }

        if (fault == PortFault.Retriable || !Guard(call, consumer.Offsets, static (t, offsets) => t.TryAdd(offsets)))
        {
            throw PortErrors.TimedOut(call);
        }

        (int member, int generation) = Metadata();
        GroupAnswer answer = consumer.Group.Validate(member, generation, consumer.InstanceId, isTransactional: true);
        if (answer != GroupAnswer.Ok)
        {
            Fail(call, answer.ToString());
        }

        foreach (PartitionOffset place in next)
        {
            transaction.Await(consumer.Offsets, place);
        }

        if (fault == PortFault.RetriableButDone)
        {
            throw PortErrors.TimedOut(call);
        }
    }

    public void Commit(PortFault fault)
    {
        const PortCall call = PortCall.CommitTransaction;
        if (state != ProducerState.Committing)
        {
            Require(call, ProducerState.Open);
            if (fault == PortFault.Abortable)
            {
                Fail(call, "refused");
            }
        }

        if (fault == PortFault.Fatal)
        {
            Break(call);
        }

        state = ProducerState.Committing;
        if (fault == PortFault.Retriable || !Send(call, queue.Count) || !Acknowledge())
        {
            throw PortErrors.TimedOut(call);
        }

        End(call, isCommit: true);
        switch (fault)
        {
            case PortFault.RetriableButDone:
                throw PortErrors.TimedOut(call);
            case PortFault.AbortableButDone:
                Fail(call, "gave up");
                break;
            case PortFault.FatalButDone:
                Break(call);
                break;
            default:
                Finish();
                break;
        }
    }

    public void Abort(PortFault fault)
    {
        const PortCall call = PortCall.AbortTransaction;
        if (state is not (ProducerState.Aborting or ProducerState.Failed))
        {
            Require(call, ProducerState.Open);
        }

        queue.Clear();
        state = ProducerState.Aborting;
        if (fault == PortFault.Retriable || !transaction.TryRecover())
        {
            throw PortErrors.TimedOut(call);
        }

        End(call, isCommit: false);
        if (fault == PortFault.RetriableButDone)
        {
            throw PortErrors.TimedOut(call);
        }

        Finish();
    }

    /// <summary>The process dies: some of what was on its way still arrives.</summary>
    public void Die()
    {
        Drift();
        queue.Clear();
        state = ProducerState.Broken;
    }

    /// <summary>Once the commit has begun, a time-out by the coordinator can't be recovered from.</summary>
    private void End(PortCall call, bool isCommit)
    {
        try
        {
            transaction.End(isCommit);
        }
        catch (FencedException)
        {
            Break(call);
        }
    }

    private void Finish()
    {
        transaction.Clear();
        state = ProducerState.Ready;
    }

    /// <summary>Waits until all replicas have what was sent.</summary>
    private bool Acknowledge()
    {
        foreach (PartitionLog log in unacknowledged)
        {
            log.ReplicateAll();
        }

        unacknowledged.Clear();
        return true;
    }

    /// <summary>Sends so many messages of the queue to the leaders of their partitions.</summary>
    /// <returns>Whether the queue is empty now.</returns>
    private bool Send(PortCall call, int count)
    {
        for (; count > 0 && queue.Count > 0; count--)
        {
            PartitionLog log = queue.FirstLog;
            if (log.AwayUntilMs > cluster.Clock.NowMs)
            {
                return false;
            }

            if (!transaction.IsInitialized)
            {
                log.Append(queue.FirstKey, queue.FirstValue, queue.FirstHeaders, queue.FirstTimestampMs);
            }
            else if (!Guard(call, queue, static (t, queue) => t.TrySend(queue)))
            {
                return false;
            }

            unacknowledged.Add(log);
            queue.RemoveFirst();
        }

        return queue.Count == 0;
    }

    private bool Guard<T>(PortCall call, T what, Func<ClientTransaction, T, bool> request)
    {
        try
        {
            return request(transaction, what);
        }
        catch (FencedException)
        {
            if (transaction.IsTimedOut && state == ProducerState.Open)
            {
                Fail(call, "timed out by the coordinator");
            }

            Break(call);
            return false;
        }
    }

    private (int Member, int Generation) Metadata()
    {
        (int Member, int Generation) fresh = (consumer.Member?.Id ?? 0, consumer.Generation);
        if (Bugs.HasFlag(PortBugs.StaleGroupMetadata))
        {
            firstMetadata = firstMetadata == default ? fresh : firstMetadata;
            return firstMetadata;
        }

        if (fresh.Generation < 0 && !Bugs.HasFlag(PortBugs.UnknownGeneration))
        {
            Fail(PortCall.SendOffsets, "no member of the group");
        }

        return fresh;
    }

    [DoesNotReturn]
    private void Fail(PortCall call, string reason)
    {
        state = ProducerState.Failed;
        throw PortErrors.Abortable(call, reason);
    }

    [DoesNotReturn]
    private void Break(PortCall call)
    {
        state = ProducerState.Broken;
        throw PortErrors.Fenced(call);
    }

    private void RequireOpen(PortCall call) =>
        Require(call, transaction.IsInitialized ? ProducerState.Open : ProducerState.Fresh);

    private void Require(PortCall call, ProducerState required)
    {
        if (state == required)
        {
            return;
        }

        throw state switch
        {
            ProducerState.Broken => PortErrors.Fenced(call),
            ProducerState.Failed => PortErrors.Abortable(call, "failed before"),
            _ => new InvalidOperationException($"{call} while {state}."),
        };
    }
}
