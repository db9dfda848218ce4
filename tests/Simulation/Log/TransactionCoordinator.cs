namespace Simulation.Log;

/// <summary>Decides transactions and sends their marks, each of which arrives in its own time.</summary>
/// <param name="markDelayMs">Says of each mark how long it is on its way, at least.</param>
internal sealed class TransactionCoordinator(Func<long> markDelayMs)
{
    private readonly Dictionary<string, TransactionalId> ids = [];
    private readonly List<PendingMark> marks = [];

    /// <summary>Transactions ended by the time-out.</summary>
    public int TimedOut { get; private set; }

    /// <summary>Transactions committed that carried offsets.</summary>
    public int Commits { get; private set; }

    public bool HasMarksDue => marks.Count > 0;

    public void Reset()
    {
        ids.Clear();
        marks.Clear();
        (TimedOut, Commits) = (0, 0);
    }

    public TransactionalId Find(string name)
    {
        if (!ids.TryGetValue(name, out TransactionalId? id))
        {
            id = new TransactionalId(name, ids.Count);
            ids.Add(name, id);
        }

        return id;
    }

    /// <summary>InitProducerId: fences whoever had the id and aborts what is open.</summary>
    /// <returns>False while marks of its last transaction are on their way: ask again.</returns>
    public bool TryInit(TransactionalId id, long nowMs)
    {
        if (id.State == TransactionState.Open)
        {
            id.Epoch++;
            Decide(id, isCommit: false, nowMs);
        }

        if (id.MarksDue > 0)
        {
            return false;
        }

        id.Epoch++;
        (id.State, id.TimedOutEpoch) = (TransactionState.Empty, -1);
        return true;
    }

    /// <summary>AddPartitionsToTxn, AddOffsetsToTxn: adds a partition or a group's offsets.</summary>
    /// <exception cref="FencedException">The epoch is an old one.</exception>
    /// <returns>False while marks of its last transaction are on their way: ask again.</returns>
    public static bool TryAdd(TransactionalId id, int epoch, PartitionLog? log, GroupOffsets? offsets, long nowMs)
    {
        FencedException.ThrowIf(epoch != id.Epoch, id.Name);
        if (id.MarksDue > 0)
        {
            return false;
        }

        if (id.State != TransactionState.Open)
        {
            (id.State, id.OpenedMs) = (TransactionState.Open, nowMs);
        }

        id.Offsets ??= offsets;
        if (log is not null && !id.Partitions.Contains(log))
        {
            id.Partitions.Add(log);
        }

        return true;
    }

    /// <summary>EndTxn. A repeated request gets the answer of the first.</summary>
    /// <exception cref="FencedException">The epoch is an old one, or the transaction has ended the other
    /// way.</exception>
    public void End(TransactionalId id, int epoch, bool isCommit, long nowMs)
    {
        FencedException.ThrowIf(epoch != id.Epoch, id.Name);
        if (id.State == TransactionState.Open)
        {
            Commits += isCommit && id.Offsets is not null ? 1 : 0;
            Decide(id, isCommit, nowMs);
            return;
        }

        FencedException.ThrowIf(
            id.State == (isCommit ? TransactionState.Aborted : TransactionState.Committed), id.Name);
    }

    /// <summary>Aborts what has been open too long.</summary>
    public void Expire(long nowMs)
    {
        foreach (TransactionalId id in ids.Values)
        {
            if (id.State == TransactionState.Open && nowMs - id.OpenedMs > id.TimeoutMs)
            {
                TimedOut++;
                id.TimedOutEpoch = id.Epoch++;
                Decide(id, isCommit: false, nowMs);
            }
        }
    }

    /// <summary>Lets marks arrive.</summary>
    /// <param name="isDelayed">Says of each mark in turn whether it takes longer.</param>
    /// <param name="nowMs">The clock.</param>
    public void DeliverMarks(Func<bool> isDelayed, long nowMs)
    {
        for (int i = 0; i < marks.Count; i++)
        {
            PendingMark mark = marks[i];
            if (mark.NotBeforeMs > nowMs || mark.Log?.AwayUntilMs > nowMs || isDelayed())
            {
                continue;
            }

            mark.Offsets?.Settle(mark.Id.Producer, mark.IsCommit);
            mark.Log?.Mark(mark.Id.Producer, mark.Epoch, mark.IsCommit);
            mark.Id.MarksDue--;
            marks.RemoveAt(i--);
        }
    }

    private void Decide(TransactionalId id, bool isCommit, long nowMs)
    {
        id.State = isCommit ? TransactionState.Committed : TransactionState.Aborted;
        foreach (PartitionLog log in id.Partitions)
        {
            marks.Add(new(id, log, null, id.Epoch, isCommit, nowMs + markDelayMs()));
        }

        if (id.Offsets is not null)
        {
            marks.Add(new(id, null, id.Offsets, id.Epoch, isCommit, nowMs + markDelayMs()));
        }

        id.MarksDue += id.Partitions.Count + (id.Offsets is null ? 0 : 1);
        id.Partitions.Clear();
        id.Offsets = null;
    }

    /// <param name="Id">Whose transaction it ends.</param>
    /// <param name="Log">Where it goes, if to a log.</param>
    /// <param name="Offsets">Where it goes, if to a group's offsets.</param>
    /// <param name="Epoch">The epoch it makes known.</param>
    /// <param name="IsCommit">Commit or abort.</param>
    /// <param name="NotBeforeMs">When it arrives, at the earliest.</param>
    private readonly record struct PendingMark(
        TransactionalId Id, PartitionLog? Log, GroupOffsets? Offsets, int Epoch, bool IsCommit, long NotBeforeMs);
}
