using System.Globalization;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Models;
using Streaming.Daemon.Pipeline.Questions;
using Streaming.Daemon.Pipeline.Repartition;
using Streaming.Daemon.Serving;
using Streaming.Daemon.State;
using Streaming.Daemon.Tuning;

namespace Streaming.Daemon.Pipeline;

/// <summary>Starts the lanes, each on a thread of its own, and ends with them: one that fails takes the process
/// down.</summary>
internal sealed partial class LaneService(
    ForecasterOptions options, TaskFactory factory, ModelsService models, VersionFeed versions,
    LaneFaces faces, ForecasterMetrics metrics, HealthState health, TimeProvider clock, ILoggerFactory loggers,
    SampleTap? samples = null) : BackgroundService
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PatienceAfterFailure = TimeSpan.FromSeconds(30);
    private const int EndsToGiveUp = 3;
    private static readonly TimeSpan EndsWithin = TimeSpan.FromMinutes(10);

    private readonly RepartitionChoice choice = RepartitionChoice.Of(options.Input);
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
        FoundTopics topics = await KafkaAsync(lanes, stoppingToken);
        models.Begin();
        await ReportAsync(models.Ready, () => "reading the models topic", lanes, stoppingToken);
        LogStarting(lanes, options.Input.Topic, options.Application, versions.Newest.Name);
        LogRepartition(choice.IsOn ? "on" : "off", choice.Why);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await Task.WhenAll(Enumerable.Range(0, lanes).SelectMany<int, Task>(lane => choice.IsOn
            ? [StartRepartition(lane, lanes, topics, ending), Start(lane, lanes, topics, ending)]
            : [Start(lane, lanes, topics, ending)]));
    }

    /// <summary>Waits for brokers and topics.</summary>
    private async Task<FoundTopics> KafkaAsync(int lanes, CancellationToken stopping)
    {
        using var metadata = new ClusterMetadata(options.Kafka, loggers.CreateLogger<ClusterMetadata>());
        var waiter = new KafkaWaiter(metadata, clock, loggers.CreateLogger<KafkaWaiter>());
        Task<FoundTopics> found = waiter.WaitAsync(TopicNames.Of(options), stopping);
        await ReportAsync(found, () => waiter.WaitingFor ?? "looking for Kafka", lanes, stopping);
        return await found;
    }

    /// <summary>Waits for what must be there before lanes start, and tells readiness what it is.</summary>
    private async Task ReportAsync(Task awaited, Func<string> reason, int lanes, CancellationToken stopping)
    {
        do
        {
            for (int lane = 0; lane < lanes; lane++)
            {
                health.Lane(lane).Waiting(reason());
                if (choice.IsOn)
                {
                    RepartitionHealth(lane, lanes).Waiting(reason());
                }
            }
        }
        while (await Task.WhenAny(awaited, Task.Delay(LookInterval, clock, stopping)) != awaited
            && !stopping.IsCancellationRequested); // a request may be under way: wait for it, don't spin

        await awaited;
    }

    private LaneHealth RepartitionHealth(int lane, int lanes) =>
        health.Lane(lanes + lane, string.Create(CultureInfo.InvariantCulture, $"repartition lane {lane}"));

    private Task Start(int lane, int lanes, FoundTopics topics, CancellationTokenSource ending)
    {
        var instruments = new LaneInstruments(options, metrics, health, lane, lanes);
        var owner = new StateOwner(
            options.Application, topics.Cluster, topics.ForecastId,
            Eras.Of(options, factory.Settings, factory.Shape));
        ModelsFollower follower = models.Ready.Result; // it is there: lanes start after that
        return Start(instruments.Health, ending, () =>
        {
            using KafkaPort port = Open(GroupMember.Lane(options, lane));
            using var running = new Lane(
                options, topics.Partitions, port, factory, versions, follower.IsCaughtUp, samples, faces[lane], owner,
                instruments, clock, loggers.CreateLogger<Lane>(), abandon.Token);
            running.Run(ending.Token);
        });
    }

    private Task StartRepartition(
        int lane, int lanes, FoundTopics topics, CancellationTokenSource ending)
    {
        var instruments = new RepartitionInstruments(
            options, metrics, RepartitionHealth(lane, lanes), metrics.Lane(lanes + lane));
        return Start(instruments.Health, ending, () =>
        {
            using KafkaPort port = Open(GroupMember.Repartitioner(options, lane));
            new RepartitionLane(
                options, topics.Partitions, port, metrics, instruments, factory.Life, clock,
                loggers.CreateLogger<RepartitionLane>(), abandon.Token).Run(ending.Token);
        });
    }

    private KafkaPort Open(GroupMember member) =>
        new(options.Kafka, member, loggers.CreateLogger<KafkaPort>(), clock, options.State.Delivery);

    private Task Start(LaneHealth lane, CancellationTokenSource ending, Action run)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => Run(lane, done, ending, run)) { Name = lane.Name, IsBackground = true }.Start();
        return done.Task;
    }

    private void Run(LaneHealth lane, TaskCompletionSource done, CancellationTokenSource ending, Action run)
    {
        try
        {
            RunAgain(lane, run);
            done.SetResult();
        }
        catch (OperationCanceledException) when (abandon.IsCancellationRequested)
        {
            LogAbandoned(lane.Name);
            done.SetResult();
        }
        catch (Exception e)
        {
            // The other lanes commit and leave, so that the process can end; where Kafka is away they don't hold it up.
            lane.Failed(e.Message);
            abandon.CancelAfter(PatienceAfterFailure);
            ending.Cancel();
            done.SetException(e);
        }
    }

    /// <summary>Runs a lane, and again with clients made anew where they were fenced or broke: what was committed is what
    /// it restores. Three times within ten minutes is once too often.</summary>
    private void RunAgain(LaneHealth lane, Action run)
    {
        var ends = new Queue<long>();
        while (true)
        {
            try
            {
                run();
                return;
            }
            catch (KafkaPortException e) when (e.Fatal && options.State.Delivery == DeliveryMode.ExactlyOnce)
            {
                ends.Enqueue(clock.GetTimestamp());
                if (ends.Count == EndsToGiveUp && clock.GetElapsedTime(ends.Dequeue()) < EndsWithin)
                {
                    throw;
                }

                LogAgain(lane.Name, e.Message);
            }
        }
    }

    [LoggerMessage(166, LogLevel.Error, "{Lane} begins anew, for its clients were fenced or broke: {Reason}")]
    private partial void LogAgain(string lane, string reason);

    [LoggerMessage(140, LogLevel.Information,
        "{Lanes} lanes read '{Topic}' as group '{Group}'; {Version} is in force")]
    private partial void LogStarting(int lanes, string topic, string group, string version);

    [LoggerMessage(141, LogLevel.Warning,
        "{Lane} gave up waiting for Kafka at the stop; what it had not committed is done again at the next start")]
    private partial void LogAbandoned(string lane);

    [LoggerMessage(142, LogLevel.Information, "Repartitioning is {State}: {Why}")]
    private partial void LogRepartition(string state, string why);
}
