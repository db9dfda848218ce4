namespace Streaming.Daemon.Backtest.Report;

/// <summary>Scored time in equal parts: enough for a line, and few for a page.</summary>
/// <param name="firstTicks">First moment.</param>
/// <param name="lastTicks">Last moment.</param>
internal sealed class TimeBuckets(long firstTicks, long lastTicks)
{
    private readonly long spanTicks = Math.Max(lastTicks - firstTicks, 1);

    /// <summary>Parts.</summary>
    public static int Count => 120;

    /// <summary>The part that a moment lies in.</summary>
    public int Of(long ticks) => Math.Clamp((int)((Int128)(ticks - firstTicks) * Count / spanTicks), 0, Count - 1);

    /// <summary>Middle of a part, in ms since 1970.</summary>
    public long MiddleMs(int bucket) =>
        FileRecorder.MsOf(firstTicks + (long)((Int128)spanTicks * ((2 * bucket) + 1) / (2 * Count)));
}
