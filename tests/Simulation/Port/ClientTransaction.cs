using Simulation.Log;

namespace Simulation.Port;

/// <summary>A producer's side of its transactions: its epoch, and what belongs to the open one.</summary>
/// <exception cref="FencedException">From any call: another producer has the transactional id, or the coordinator has
/// ended the transaction.</exception>
internal sealed class ClientTransaction(SimulatedCluster cluster, ClientIdentity identity)
{
    private readonly List<PartitionLog> partitions = [];
    private TransactionalId? id;
    private int epoch;
    private bool hasOffsets;

    public bool IsInitialized => id is not null;

    /// <summary>Whether the coordinator's time-out has ended the transaction, and nobody has taken the id
    /// since.</summary>
    public bool IsTimedOut => id!.TimedOutEpoch == epoch && id.Epoch == epoch + 1;

    private bool IsEmpty => partitions.Count == 0 && !hasOffsets;

    /// <summary>Takes the transactional id.</summary>
    /// <param name="isHeard">Whether the answer arrives.</param>
    /// <returns>False where it did not, or marks of the last transaction are on their way.</returns>
    public bool TryInit(bool isHeard)
    {
        TransactionalId own = cluster.Transactions.Find(identity.TransactionalId);
        own.TimeoutMs = identity.TransactionTimeoutMs;
        if (!cluster.Transactions.TryInit(own, cluster.Clock.NowMs) || !isHeard)
        {
            return false;
        }

        (id, epoch) = (own, own.Epoch);
        return true;
    }

    /// <summary>Adds a group's offsets.</summary>
    /// <returns>False while marks of the last transaction are on their way.</returns>
    public bool TryAdd(GroupOffsets offsets)
    {
        bool isAdded = TransactionCoordinator.TryAdd(id!, epoch, null, offsets, cluster.Clock.NowMs);
        hasOffsets |= isAdded;
        return isAdded;
    }

    /// <summary>Puts an offset among those of the transaction.</summary>
    public void Await(GroupOffsets offsets, Streaming.Daemon.Kafka.PartitionOffset place) =>
        offsets.Await(id!.Producer, place);

    /// <summary>Sends the first message of a queue. A partition that belongs to the transaction already takes it
    /// without
    /// asking the coordinator: also from a producer that was fenced there, until the mark of that arrives.</summary>
    /// <returns>False while marks of the last transaction are on their way.</returns>
    public bool TrySend(MessageQueue queue)
    {
        PartitionLog log = queue.FirstLog;
        if (!partitions.Contains(log))
        {
            if (!TransactionCoordinator.TryAdd(id!, epoch, log, null, cluster.Clock.NowMs))
            {
                return false;
            }

            partitions.Add(log);
        }

        bool isTaken = log.TryAppend(
            id!.Producer, epoch, queue.FirstKey, queue.FirstValue, queue.FirstHeaders, queue.FirstTimestampMs);
        FencedException.ThrowIf(!isTaken, id.Name);
        return true;
    }

    /// <summary>Ends the transaction at the coordinator, unless nothing belongs to it.</summary>
    public void End(bool isCommit)
    {
        if (!IsEmpty)
        {
            cluster.Transactions.End(id!, epoch, isCommit, cluster.Clock.NowMs);
        }
    }

    /// <summary>Before an abort: takes a new epoch where the coordinator timed the transaction out, or where the client
    /// had given up on a commit that was done after all (KIP-360).</summary>
    /// <returns>False while marks are on their way: ask again.</returns>
    public bool TryRecover()
    {
        bool isDone = id!.State == TransactionState.Committed && id.Epoch == epoch && !IsEmpty;
        if (!IsTimedOut && !isDone)
        {
            return true;
        }

        if (id.MarksDue > 0)
        {
            return false;
        }

        id.Epoch += isDone ? 1 : 0;
        epoch = id.Epoch;
        Clear();
        return true;
    }

    /// <summary>Nothing belongs to a transaction any more.</summary>
    public void Clear()
    {
        partitions.Clear();
        hasOffsets = false;
    }
}
