namespace Streaming.Daemon.Tuning;

/// <summary>How far training steps back while the lanes fall behind: its share halves with every look that finds more
/// lag, and doubles back with every look that does not.</summary>
/// <param name="harmlessRecords">Lag that is no sign of anything: what is under way between two commits.</param>
internal sealed class LagBackoff(long harmlessRecords)
{
    /// <summary>Down to 1/32 of what is configured: training slows down, it does not starve.</summary>
    private const int MostHalvings = 5;

    private long lastRecords;
    private int halvings;

    /// <summary>What the share is multiplied by, 1/32 to 1.</summary>
    public double Factor => 1.0 / (1 << halvings);

    /// <summary>Takes the lag at a look.</summary>
    public void Look(long lagRecords)
    {
        bool grows = lagRecords > harmlessRecords && lagRecords > lastRecords;
        halvings = Math.Clamp(halvings + (grows ? 1 : -1), 0, MostHalvings);
        lastRecords = lagRecords;
    }
}
