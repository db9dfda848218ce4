namespace Streaming.Daemon.Demo;

/// <summary>Sends the merged streams at a pace, never further ahead of the forecasts than the cluster can
/// keep.</summary>
/// <remarks>
/// The embedded cluster keeps 5 MiB a partition and drops the oldest silently. The bound on forecasts that are due
/// keeps what is unread, of events as of forecasts, below that even if all of it fell into one partition.
/// </remarks>
internal sealed class Replay
{
    /// <summary>Most forecasts that may be due while more is sent: at most 1 KiB each, so 4 MiB.</summary>
    public const int MostDue = 4_096;

    private readonly IEnumerable<ReplayRecord> records;
    private readonly double stepsPerSecond;
    private readonly DueForecasts due;
    private readonly TimeProvider clock;
    private long sent;

    /// <summary>Creates a replay.</summary>
    /// <param name="records">What is sent, in order.</param>
    /// <param name="stepsPerSecond">Ticks a second; infinity: only the forecasts' return holds it back.</param>
    /// <param name="due">Told of every step that is closed.</param>
    /// <param name="clock">Clock of the pace.</param>
    public Replay(
        IEnumerable<ReplayRecord> records, double stepsPerSecond, DueForecasts due, TimeProvider clock)
    {
        this.records = records;
        this.stepsPerSecond = stepsPerSecond;
        this.due = due;
        this.clock = clock;
    }

    /// <summary>Records sent so far; may be read from any thread.</summary>
    public long Sent => Interlocked.Read(ref sent);

    /// <summary>Sends everything; ends when the last record is handed over.</summary>
    /// <exception cref="DemoException">The forecasts stopped coming back.</exception>
    public async Task RunAsync(Action<ReplayRecord> send, CancellationToken cancellation)
    {
        long start = clock.GetTimestamp();
        int tick = 0;
        foreach (ReplayRecord record in records)
        {
            if (record.Tick != tick)
            {
                tick = record.Tick;
                await WaitForTickAsync(tick, start, cancellation).ConfigureAwait(false);
            }

            if (record.ClosedStep is long step)
            {
                due.Add(record.Series, step);
            }

            send(record);
            Interlocked.Increment(ref sent);
        }
    }

    private async Task WaitForTickAsync(int tick, long start, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        await due.WaitAsync(MostDue, cancellation).ConfigureAwait(false);
        TimeSpan early = TimeSpan.FromSeconds(tick / stepsPerSecond) - clock.GetElapsedTime(start);
        if (early > TimeSpan.Zero)
        {
            await Task.Delay(early, clock, cancellation).ConfigureAwait(false);
        }
    }
}
