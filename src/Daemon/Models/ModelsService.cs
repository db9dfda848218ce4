using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Models;

/// <summary>Follows the models topic for the process, on a thread of its own; sees to it that there is a version in
/// force before the lanes start.</summary>
/// <remarks>What breaks the reading ends the process: it would go on with an old version unseen.</remarks>
internal sealed partial class ModelsService(
    ForecasterOptions options, VersionCatalog catalog, VersionInForce inForce, FirstVersion first, TimeProvider clock,
    ILoggerFactory loggers) : BackgroundService
{
    private static readonly TimeSpan PollWait = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource topics = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<ModelsFollower> ready =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ILogger<ModelsService> logger = loggers.CreateLogger<ModelsService>();

    /// <summary>Done once a version is in force; gives who follows the topic.</summary>
    public Task<ModelsFollower> Ready => ready.Task;

    /// <summary>To be called once the topic is there.</summary>
    public void Begin() => topics.TrySetResult();

    /// <summary>Opens a publisher, once a version is in force.</summary>
    /// <param name="wait">Lets time pass on the caller's thread, or throws where it is not wanted any more.</param>
    /// <exception cref="PublisherLostException">Kafka refuses, or another one has opened since.</exception>
    public ModelsPublisher OpenPublisher(Action<TimeSpan> wait)
    {
        ModelsPublisher publisher = CreatePublisher(Ready.GetAwaiter().GetResult(), wait);
        try
        {
            publisher.Open();
            return publisher;
        }
        catch
        {
            publisher.Dispose();
            throw;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await topics.Task.WaitAsync(stoppingToken);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => Run(done, stoppingToken)) { Name = "models", IsBackground = true }.Start();
        await done.Task;
    }

    private void Run(TaskCompletionSource done, CancellationToken stopping)
    {
        try
        {
            Follow(stopping);
            done.SetResult();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            ready.TrySetCanceled(stopping);
            done.SetResult();
        }
        catch (Exception e)
        {
            if (ready.TrySetException(e))
            {
                done.SetResult(); // who waits for it tells
            }
            else
            {
                done.SetException(e);
            }
        }
    }

    private void Follow(CancellationToken stopping)
    {
        using var reader = new LogReader(
            ClientProperties.Reader(options.Kafka, GroupMember.Models(options)), options.ModelsTopic, logger);
        using ModelsFollower follower = Open(reader, stopping);
        void Wait(TimeSpan time)
        {
            stopping.ThrowIfCancellationRequested();
            follower.Turn(time);
        }

        long End() => reader.Watermarks(ModelsFollower.Partition, ModelsReading.CallTimeout).High;
        first.Ensure(new(End, follower, Wait, logger), () => CreatePublisher(follower, Wait));
        inForce.Begin();
        if (catalog.View.Damaged > 0)
        {
            LogDamaged(catalog.View.Damaged, catalog.View.Versions.Values.Count(version => version.Whole is null));
        }

        ready.SetResult(follower);
        while (!stopping.IsCancellationRequested)
        {
            follower.Turn(PollWait);
        }
    }

    private ModelsFollower Open(LogReader reader, CancellationToken stopping)
    {
        long start = 0;
        ModelsReading.Patiently(
            () => start = reader.Watermarks(ModelsFollower.Partition, ModelsReading.CallTimeout).Low,
            pause =>
            {
                stopping.WaitHandle.WaitOne(pause);
                stopping.ThrowIfCancellationRequested();
            },
            LogWaiting);
        return new(reader, start, catalog, inForce.Look);
    }

    private ModelsPublisher CreatePublisher(ModelsFollower follower, Action<TimeSpan> wait)
    {
        ILogger<ModelsPublisher> log = loggers.CreateLogger<ModelsPublisher>();
        var port = new KafkaPort(options.Kafka, GroupMember.Trainer(options), log, clock, DeliveryMode.ExactlyOnce);
        long End() =>
            port.Watermarks(options.ModelsTopic, ModelsFollower.Partition, ModelsReading.CallTimeout).High;
        return new(
            port, options.ModelsTopic, new(End, follower, wait, log), options.Training.KeptVersions, clock, new(), log);
    }

    [LoggerMessage(220, LogLevel.Warning, "The models topic is waited for: {Reason}")]
    private partial void LogWaiting(string reason);

    [LoggerMessage(226, LogLevel.Warning,
        "The models topic has {Records} damaged or foreign records; {Versions} versions can't be used because of them")]
    private partial void LogDamaged(long records, int versions);
}
