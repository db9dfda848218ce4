using Spectre.Console;

namespace Streaming.Daemon.Demo;

/// <summary>Both ends of the demo around a running daemon: sends the streams, reads and scores the forecasts.</summary>
internal sealed class DemoSession
{
    /// <summary>How long no forecast may come back while some are due; a first join takes well under it.</summary>
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(60);

    private readonly IReadOnlyList<DemoStream> streams;
    private readonly DemoTally tally;
    private readonly DueForecasts due;
    private readonly Replay replay;
    private readonly TimeProvider clock;

    /// <summary>Prepares a session; nothing is sent yet.</summary>
    /// <param name="plan">What is replayed.</param>
    /// <param name="horizons">Horizons that the daemon forecasts.</param>
    /// <param name="stepsPerSecond">Pace; infinity: as fast as the forecasts come back.</param>
    /// <param name="patience">How long no forecast may come back while some are due.</param>
    /// <param name="clock">Clock of pace and waiting.</param>
    public DemoSession(
        DemoPlan plan, IReadOnlyList<int> horizons, double stepsPerSecond, TimeSpan patience, TimeProvider clock)
    {
        streams = plan.Streams;
        this.clock = clock;
        due = new(clock, patience);
        tally = new(new(streams, plan.CadenceOf, horizons), plan.CadenceOf, due);
        replay = new(ReplayOrder.Merge(streams, plan.CadenceOf), stepsPerSecond, due, clock);
    }

    /// <summary>Runs until every record is sent and every forecast is back, showing progress.</summary>
    /// <returns>How it ended.</returns>
    /// <exception cref="DemoException">Events could not be sent, or forecasts are missing.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<DemoSnapshot> RunAsync(
        string bootstrapServers, string inputTopic, string outputTopic, int partitions, IAnsiConsole console,
        CancellationToken cancellation)
    {
        long total = streams.Sum(stream => (long)stream.Rows.Count);
        long start = clock.GetTimestamp();
        DemoSnapshot Look() => tally.Snapshot(replay.Sent, total, clock.GetElapsedTime(start));

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var reader = new ForecastReader(bootstrapServers, outputTopic, partitions);
        using var producer = new EventProducer(bootstrapServers, inputTopic);
        Task reading = reader.RunAsync(tally.Add, ended.Token);
        Task sending = SendAsync(producer, ended.Token);
        Task showing = ProgressDisplay.ShowAsync(console, Look, ended.Token);
        Task first = await Task.WhenAny(reading, sending).ConfigureAwait(false);
        DemoSnapshot end = Look();
        await ended.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(reading, sending, showing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first.ConfigureAwait(false);
        await showing.ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        return end;
    }

    private async Task SendAsync(EventProducer producer, CancellationToken cancellation)
    {
        await replay.RunAsync(producer.Send, cancellation).ConfigureAwait(false);
        await Task.Run(producer.Flush, cancellation).ConfigureAwait(false);
        await due.WaitAsync(0, cancellation).ConfigureAwait(false);
    }
}
