namespace Streaming.Daemon.Demo;

/// <summary>Forecasts that sent records have made due and that have not come back.</summary>
/// <remarks>
/// Every closed step yields one forecast. The sender adds what a record closes before it sends it, and waits while too
/// many are due, which bounds this set and everything in flight. Threads: one adds and waits, one settles.
/// </remarks>
internal sealed class DueForecasts
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(2);

    private readonly HashSet<(string Series, long Step)> due = [];
    private readonly Lock gate = new();
    private readonly TimeProvider clock;
    private readonly TimeSpan patience;
    private long settled;

    /// <summary>Creates an empty set.</summary>
    /// <param name="clock">Clock of the waiting.</param>
    /// <param name="patience">Time without any forecast coming back after which waiting gives up.</param>
    public DueForecasts(TimeProvider clock, TimeSpan patience)
    {
        this.clock = clock;
        this.patience = patience;
    }

    /// <summary>Forecasts that are due now.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return due.Count;
            }
        }
    }

    /// <summary>Notes that the forecast of a closed step is due.</summary>
    public void Add(string series, long step)
    {
        lock (gate)
        {
            due.Add((series, step));
        }
    }

    /// <summary>Notes that the forecast of a step has come back; one that is not due changes nothing.</summary>
    public void Settle(string series, long step)
    {
        lock (gate)
        {
            if (due.Remove((series, step)))
            {
                settled++;
            }
        }
    }

    /// <summary>Waits until no more than so many forecasts are due.</summary>
    /// <exception cref="DemoException">None came back for as long as the patience lasts.</exception>
    public async Task WaitAsync(int mostDue, CancellationToken cancellation)
    {
        long seen = -1;
        long since = clock.GetTimestamp();
        while (Count > mostDue)
        {
            long now = Interlocked.Read(ref settled);
            if (now != seen)
            {
                (seen, since) = (now, clock.GetTimestamp());
            }
            else if (clock.GetElapsedTime(since) >= patience)
            {
                throw new DemoException(Missing());
            }

            await Task.Delay(Poll, clock, cancellation).ConfigureAwait(false);
        }
    }

    private string Missing()
    {
        lock (gate)
        {
            IEnumerable<string> perSeries = due.GroupBy(forecast => forecast.Series, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => $"{group.Key}: {group.Count()}");
            return $"{due.Count} forecasts are missing and none has come back for {patience.TotalSeconds:0} s "
                + $"({string.Join(", ", perSeries)}).";
        }
    }
}
