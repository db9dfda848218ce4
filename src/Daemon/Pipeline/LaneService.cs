using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Serving;
using Streaming.Daemon.Tuning;

namespace Streaming.Daemon.Pipeline;

/// <summary>Starts the lanes, each on a thread of its own, and ends with them: one that fails takes the process down.</summary>
internal sealed partial class LaneService(
    ForecasterOptions options, TaskFactory factory, VersionFeed versions, ForecasterMetrics metrics, HealthState health,
    KafkaWaiter waiter, TimeProvider clock, ILoggerFactory loggers, SampleTap? samples = null) : BackgroundService
{
    private readonly ILogger<LaneService> logger = loggers.CreateLogger<LaneService>();
    private readonly CancellationTokenSource abandon = new();

    /// <summary>Lanes of this process: what is configured, else half the cores, at least one.</summary>
    public static int LaneCount(ForecasterOptions options) =>
        options.Pipeline.Lanes > 0 ? options.Pipeline.Lanes : Math.Max(1, Environment.ProcessorCount / 2);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // When the host has run out of patience, lanes that wait for Kafka give up: what is uncommitted is done again.
        using CancellationTokenRegistration impatience = cancellationToken.Register(abandon.Cancel);
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        abandon.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        int lanes = LaneCount(options);
        for (int lane = 0; lane < lanes; lane++)
        {
            health.Lane(lane).Waiting("looking for Kafka");
        }

        await waiter.WaitAsync(reason => Tell(lanes, reason), stoppingToken);
        LogStarting(lanes, options.Input.Topic, options.Application);
        await Task.WhenAll(Enumerable.Range(0, lanes).Select(lane => Start(lane, lanes, stoppingToken)));
    }

    private void Tell(int lanes, string reason)
    {
        for (int lane = 0; lane < lanes; lane++)
        {
            health.Lane(lane).Waiting(reason);
        }
    }

    private Task Start(int lane, int lanes, CancellationToken stopping)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => Run(lane, lanes, stopping, done)) { Name = $"lane {lane}", IsBackground = true };
        thread.Start();
        return done.Task;
    }

    private void Run(int lane, int lanes, CancellationToken stopping, TaskCompletionSource done)
    {
        var instruments = new LaneInstruments(options, metrics, health, clock, lane, lanes);
        try
        {
            using var port = new KafkaPort(options, lane, loggers.CreateLogger<KafkaPort>(), clock);
            new Lane(
                options, port, factory, versions, samples, instruments, clock, loggers.CreateLogger<Lane>(),
                abandon.Token).Run(stopping);
            done.SetResult();
        }
        catch (OperationCanceledException) when (abandon.IsCancellationRequested)
        {
            LogAbandoned(lane);
            done.SetResult();
        }
        catch (Exception e)
        {
            instruments.Health.Failed(e.Message);
            done.SetException(e);
        }
    }

    [LoggerMessage(120, LogLevel.Information, "{Lanes} lanes read '{Topic}' as group '{Group}'")]
    private partial void LogStarting(int lanes, string topic, string group);

    [LoggerMessage(121, LogLevel.Warning,
        "Lane {Lane} gave up waiting for Kafka at the stop; what it had not committed is done again at the next start")]
    private partial void LogAbandoned(int lane);
}
