namespace Streaming.Daemon.Serving;

/// <summary>Gauges of one lane; /metrics exports their sum over lanes (the largest, for the lag in event time), and the
/// trainer reads how the lanes do.</summary>
/// <remarks>The lane writes, a scrape reads. A write is one store: cheap enough for every gather.</remarks>
internal sealed class LaneMetrics
{
    private long seriesActive;
    private long seriesCold;
    private long stateBytes;
    private long tasksRestoring;
    private long tasksRunning;
    private long tasksStopped;
    private long newestEventTicks;
    private long lagRecords;
    private long settled;
    private double errors;

    /// <summary>Series in the lane's tasks.</summary>
    public long SeriesActive
    {
        get => Volatile.Read(ref seriesActive);
        set => Volatile.Write(ref seriesActive, value);
    }

    /// <summary>Those among them that have not seen enough steps yet.</summary>
    public long SeriesCold
    {
        get => Volatile.Read(ref seriesCold);
        set => Volatile.Write(ref seriesCold, value);
    }

    /// <summary>Bytes of their windows, states and ledgers.</summary>
    public long StateBytes
    {
        get => Volatile.Read(ref stateBytes);
        set => Volatile.Write(ref stateBytes, value);
    }

    /// <summary>Tasks whose state is being rebuilt.</summary>
    public long TasksRestoring
    {
        get => Volatile.Read(ref tasksRestoring);
        set => Volatile.Write(ref tasksRestoring, value);
    }

    /// <summary>Tasks that publish forecasts.</summary>
    public long TasksRunning
    {
        get => Volatile.Read(ref tasksRunning);
        set => Volatile.Write(ref tasksRunning, value);
    }

    /// <summary>Tasks that are stopped before a record that ends the process.</summary>
    public long TasksStopped
    {
        get => Volatile.Read(ref tasksStopped);
        set => Volatile.Write(ref tasksStopped, value);
    }

    /// <summary>Records in the lane's partitions that have not been processed yet, as far as known.</summary>
    public long LagRecords
    {
        get => Volatile.Read(ref lagRecords);
        set => Volatile.Write(ref lagRecords, value);
    }

    /// <summary>Forecasts of the first horizon that have been settled so far.</summary>
    public long Settled
    {
        get => Volatile.Read(ref settled);
        set => Volatile.Write(ref settled, value);
    }

    /// <summary>Sum of their absolute errors, each in units of its series' scale; write it before
    /// <see cref="Settled"/>.</summary>
    public double Errors
    {
        get => Volatile.Read(ref errors);
        set => Volatile.Write(ref errors, value);
    }

    /// <summary>Newest event time the lane has taken, in UTC ticks; zero or less before the first.</summary>
    public long NewestEventTicks
    {
        get => Volatile.Read(ref newestEventTicks);
        set => Volatile.Write(ref newestEventTicks, value);
    }
}
