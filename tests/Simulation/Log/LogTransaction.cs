namespace Simulation.Log;

/// <summary>What a partition knows of one transaction.</summary>
internal struct LogTransaction
{
    /// <summary>Number of the producer.</summary>
    public int Producer;

    /// <summary>Offset of its first record.</summary>
    public long First;

    public Outcome Outcome;
}

/// <summary>How a transaction ended, as far as a partition has heard.</summary>
internal enum Outcome : byte
{
    Open,
    Committed,
    Aborted,
}
