using Streaming.Daemon.Configuration;
using Streaming.Daemon.Decoding;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Serving;
using Streaming.Daemon.Tuning;

namespace Streaming.Daemon.Pipeline;

/// <summary>Starts the lanes, each on a thread of its own, and ends with them: one that fails takes the process down.</summary>
internal sealed partial class LaneService(
    ForecasterOptions options, TaskFactory factory, FirstModel first, VersionFeed versions, ForecasterMetrics metrics,
    HealthState health, TimeProvider clock, ILoggerFactory loggers, SampleTap? samples = null) : BackgroundService
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PatienceAfterFailure = TimeSpan.FromSeconds(30);

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
        await KafkaAsync(lanes, stoppingToken);
        LogStarting(lanes, options.Input.Topic, options.Application, first.Source);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await Task.WhenAll(Enumerable.Range(0, lanes).Select(lane => Start(lane, lanes, ending)));
    }

    /// <summary>Waits for brokers and topics, and tells readiness what is missing.</summary>
    private async Task KafkaAsync(int lanes, CancellationToken stopping)
    {
        using var metadata = new ClusterMetadata(options.Kafka, loggers.CreateLogger<ClusterMetadata>());
        var waiter = new KafkaWaiter(metadata, clock, loggers.CreateLogger<KafkaWaiter>());
        Task found = waiter.WaitAsync(
            options.Input.Topic, options.Output.Topic, options.Output.DeadLetterTopicOf(options.Application), stopping);
        do
        {
            for (int lane = 0; lane < lanes; lane++)
            {
                health.Lane(lane).Waiting(waiter.WaitingFor ?? "looking for Kafka");
            }
        }
        while (await Task.WhenAny(found, Task.Delay(LookInterval, clock, stopping)) != found
            && !stopping.IsCancellationRequested); // a request may be under way: wait for it, don't spin

        await found;
    }

    private Task Start(int lane, int lanes, CancellationTokenSource ending)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => Run(lane, lanes, done, ending)) { Name = $"lane {lane}", IsBackground = true };
        thread.Start();
        return done.Task;
    }

    private void Run(int lane, int lanes, TaskCompletionSource done, CancellationTokenSource ending)
    {
        var instruments = new LaneInstruments(options, metrics, health, lane, lanes);
        try
        {
            using var port = new KafkaPort(
                options, lane, loggers.CreateLogger<KafkaPort>(), clock, Decoders.NeedHeaders(options.Input));
            new Lane(
                options, port, factory, versions, samples, instruments, clock, loggers.CreateLogger<Lane>(),
                abandon.Token).Run(ending.Token);
            done.SetResult();
        }
        catch (OperationCanceledException) when (abandon.IsCancellationRequested)
        {
            LogAbandoned(lane);
            done.SetResult();
        }
        catch (Exception e)
        {
            // The other lanes commit and leave, so that the process can end; where Kafka is away they don't hold it up.
            instruments.Health.Failed(e.Message);
            abandon.CancelAfter(PatienceAfterFailure);
            ending.Cancel();
            done.SetException(e);
        }
    }

    [LoggerMessage(140, LogLevel.Information,
        "{Lanes} lanes read '{Topic}' as group '{Group}'; the first version is {Source}")]
    private partial void LogStarting(int lanes, string topic, string group, string source);

    [LoggerMessage(141, LogLevel.Warning,
        "Lane {Lane} gave up waiting for Kafka at the stop; what it had not committed is done again at the next start")]
    private partial void LogAbandoned(int lane);
}
