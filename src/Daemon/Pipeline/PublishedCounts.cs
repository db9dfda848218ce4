using Streaming.Inference.Anomalies;

namespace Streaming.Daemon.Pipeline;

/// <summary>Forecasts that were produced, the alarms in them, and forecasts that the configuration withholds.</summary>
internal record struct PublishedCounts
{
    public long Published { get; private set; }

    public long Withheld { get; set; }

    public long Spikes { get; private set; }

    public long LevelShifts { get; private set; }

    public long Gaps { get; private set; }

    /// <summary>Counts a forecast.</summary>
    /// <param name="alarm">What the alarm that comes with it is about.</param>
    public void AddPublished(AnomalyKind alarm)
    {
        Published++;
        Spikes += alarm == AnomalyKind.Spike ? 1 : 0;
        LevelShifts += alarm == AnomalyKind.LevelShift ? 1 : 0;
        Gaps += alarm == AnomalyKind.Gap ? 1 : 0;
    }

    /// <summary>Adds what was counted elsewhere.</summary>
    public void Add(in PublishedCounts other)
    {
        Published += other.Published;
        Withheld += other.Withheld;
        Spikes += other.Spikes;
        LevelShifts += other.LevelShifts;
        Gaps += other.Gaps;
    }
}
