namespace Simulation.Log;

/// <summary>What the coordinator keeps of one transactional id.</summary>
internal sealed class TransactionalId(string name, int producer)
{
    public string Name => name;

    /// <summary>Number of the producer, the same in all epochs.</summary>
    public int Producer => producer;

    /// <summary>The present epoch: requests with a lower one are fenced.</summary>
    public int Epoch { get; set; } = -1;

    public TransactionState State { get; set; }

    /// <summary>Partitions that belong to the transaction and get its mark.</summary>
    public List<PartitionLog> Partitions { get; } = [];

    /// <summary>The group whose offsets belong to the transaction; null for none.</summary>
    public GroupOffsets? Offsets { get; set; }

    /// <summary>How long a transaction may stay open, ms: transaction.timeout.ms.</summary>
    public long TimeoutMs { get; set; }

    public long OpenedMs { get; set; }

    /// <summary>Marks still on their way; until they have arrived no other transaction can begin.</summary>
    public int MarksDue { get; set; }

    /// <summary>The epoch that a time-out ended: its producer may take the next one (KIP-360); −1 for none.</summary>
    public int TimedOutEpoch { get; set; } = -1;
}

/// <summary>Of a transactional id.</summary>
internal enum TransactionState
{
    /// <summary>Nothing belongs to a transaction.</summary>
    Empty,
    Open,

    /// <summary>Decided; marks may still be on their way.</summary>
    Committed,

    /// <summary>Decided; marks may still be on their way.</summary>
    Aborted,
}
