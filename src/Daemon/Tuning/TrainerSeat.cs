namespace Streaming.Daemon.Tuning;

/// <summary>Whether this process is the one that trains: the owner of partition 0, so the group elects it.</summary>
/// <remarks>Thread-safe, and never waits: lanes take and leave, the trainer looks.</remarks>
internal sealed class TrainerSeat
{
    /// <summary>The partition whose owner trains.</summary>
    public const int Partition = 0;

    private long terms;
    private long term;

    /// <summary>Number of the term that runs, from 1; 0 while the seat is not this process's.</summary>
    public long Term => Volatile.Read(ref term);

    /// <summary>A lane was given the partition.</summary>
    /// <returns>The term that begins; whatever term ran has ended.</returns>
    public long Take()
    {
        long next = Interlocked.Increment(ref terms);
        Volatile.Write(ref term, next);
        return next;
    }

    /// <summary>A lane has given the partition up, or lost it.</summary>
    /// <param name="taken">The term that began when the lane was given it; nothing happens where another lane of the
    /// process has been given it since.</param>
    public void Leave(long taken) => Interlocked.CompareExchange(ref term, 0, taken);
}
