namespace Streaming.Daemon.Pipeline;

/// <summary>Lets the log tell something of a partition once an hour. Not thread-safe: one per lane and kind of
/// news.</summary>
internal sealed class HourlyNote(TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private readonly Dictionary<int, long> told = []; // when, by partition

    /// <summary>Whether it is to be told now; then not again for an hour.</summary>
    public bool IsDue(int partition)
    {
        bool isDue = !told.TryGetValue(partition, out long then) || clock.GetElapsedTime(then) >= Interval;
        if (isDue)
        {
            told[partition] = clock.GetTimestamp();
        }

        return isDue;
    }
}
