namespace Streaming.Daemon.Serving;

/// <summary>Gauges of one lane; /metrics exports their sum over lanes (the largest, for the lag).</summary>
/// <remarks>The lane writes, a scrape reads. A write is one store: cheap enough for every gather.</remarks>
internal sealed class LaneMetrics
{
    private long seriesActive;
    private long stateBytes;
    private long tasksRestoring;
    private long tasksRunning;
    private double eventTimeLagSeconds = double.NaN;

    /// <summary>Series in the lane's tasks.</summary>
    public long SeriesActive
    {
        get => Volatile.Read(ref seriesActive);
        set => Volatile.Write(ref seriesActive, value);
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

    /// <summary>Wall clock minus the newest event time of the last gather; NaN before the first.</summary>
    public double EventTimeLagSeconds
    {
        get => Volatile.Read(ref eventTimeLagSeconds);
        set => Volatile.Write(ref eventTimeLagSeconds, value);
    }
}
