namespace Streaming.Daemon.Pipeline;

/// <summary>How much the commits of a lane store of series: what the brokers acknowledge in a given time, about.</summary>
/// <remarks>
/// What is stored is queued far faster than it is acknowledged, and a transaction lasts for both. So a commit stops by
/// its time, or by bytes, which are learned: few at first, twice as many after a commit that they ended and that was
/// acknowledged in time, fewer after one that took longer, half after one that failed. Tasks have equal shares; what
/// one leaves over the next ones have. The first series of a commit is stored in any case. Lane's thread only.
/// </remarks>
/// <param name="time">How long a commit may take from its first series until all is acknowledged, about: well below what a
/// transaction may.</param>
/// <param name="clock">Measures it.</param>
internal sealed class StorePace(TimeSpan time, TimeProvider clock)
{
    /// <summary>Bytes of the first commit: even slow brokers take them well within a transaction.</summary>
    public const long FirstBytes = 4 << 20;

    private long begun;
    private TimeSpan limit;
    private double share; // of all tasks so far, with the one whose turn it is
    private bool wasShort; // of bytes

    /// <summary>How long a commit may take from its first series until all is acknowledged, about.</summary>
    public TimeSpan Time => time;

    /// <summary>Bytes that a commit may store, about.</summary>
    public long Bytes { get; private set; } = FirstBytes;

    /// <summary>Bytes that this commit has stored.</summary>
    public long Stored { get; private set; }

    /// <summary>A commit begins to store.</summary>
    /// <param name="left">For how long it may at most, whatever the pace; below 0 as 0.</param>
    public void Begin(TimeSpan left)
    {
        begun = clock.GetTimestamp();
        limit = left < Time ? left : Time;
        (Stored, share, wasShort) = (0, 1, false);
    }

    /// <summary>It is a task's turn.</summary>
    /// <param name="number">Number of the task in the commit, from 0.</param>
    /// <param name="count">Tasks of the commit.</param>
    public void BeginTask(int number, int count) => share = (number + 1.0) / count;

    /// <summary>Whether the task whose turn it is may store no more of what is due: it waits for the next
    /// commit.</summary>
    public bool IsOver()
    {
        bool isOut = Stored > 0 && Stored >= share * Bytes;
        wasShort |= isOut;
        return isOut || (Stored > 0 && clock.GetElapsedTime(begun) >= share * limit);
    }

    /// <summary>A series was stored.</summary>
    public void Store(long bytes) => Stored += bytes;

    /// <summary>All that the commit has stored is acknowledged.</summary>
    public void Acknowledged()
    {
        TimeSpan took = clock.GetElapsedTime(begun);
        if (Stored > 0 && took > Time)
        {
            Bytes = Math.Max(1, (long)(Stored * (Time / took)));
        }
        else if (wasShort && Bytes < long.MaxValue / 2)
        {
            Bytes *= 2;
        }

        Stored = 0;
    }

    /// <summary>The commit failed: all of it is stored again.</summary>
    public void Failed()
    {
        Bytes = Stored > 0 ? Math.Max(1, Stored / 2) : Bytes;
        Stored = 0;
    }
}
