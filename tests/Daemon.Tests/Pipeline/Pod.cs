using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Pipeline;
using Streaming.Daemon.Pipeline.Questions;
using Streaming.Daemon.Serving;
using Streaming.Daemon.State;
using Streaming.Daemon.Tuning;
using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Daemon.Tests.Pipeline;

/// <summary>One lane over a <see cref="MemoryBroker"/>, with a clock that stands still unless told.</summary>
internal sealed class Pod : IDisposable
{
    private const int Lags = 4;

    public static readonly DateTime Start = new(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly TimeSpan MoreThanCommitInterval = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource abandon = new();
    private bool wasAtEnd;

    public Pod(
        MemoryBroker broker, ForecasterOptions options, bool samples = false, ModelVersion? version = null,
        ILogger<Lane>? logger = null, TopicPartitions? partitions = null)
    {
        (Broker, Options) = (broker, options);
        Port = new MemoryPort(broker);
        Health = new HealthState(Clock);
        ForecasterSettings settings = PipelineServices.SettingsOf(options);
        Shape = settings.ShapeOf(options.Model.Hidden, options.Model.Layers);
        Versions = new VersionFeed(version ?? Version(1, Shape));
        Tap = samples ? new SampleTap(options, Metrics) : null;
        Factory = new(
            options, new RuleBook(options), settings, Shape, Versions, Metrics, Seat,
            NullLogger<Streaming.Daemon.Pipeline.TaskFactory>.Instance);
        Owner = new(options.Application, "", "", Eras.Of(options, settings, Shape));
        Face = LaneFace.Of(options, 1, Live, Clock);
        Lane = new Lane(
            options, partitions ?? PartitionsOf(broker), Port, Factory, Versions, _ => true, Tap, Face,
            Owner, new LaneInstruments(options, Metrics, Health, 0, 1), Clock, logger ?? NullLogger<Lane>.Instance,
            abandon.Token);
    }

    public MemoryBroker Broker { get; }

    public ForecasterOptions Options { get; }

    public MemoryPort Port { get; }

    public FakeTimeProvider Clock { get; } = new(new(Start));

    public ForecasterMetrics Metrics { get; } = new();

    public HealthState Health { get; }

    public VersionFeed Versions { get; }

    public ModelShape Shape { get; }

    public SampleTap? Tap { get; }

    public StateOwner Owner { get; }

    public TrainerSeat Seat { get; } = new();

    public Streaming.Daemon.Pipeline.TaskFactory Factory { get; }

    public LiveFeed Live { get; } = new();

    public LaneFace Face { get; }

    public Lane Lane { get; }

    /// <summary>Partitions that were stopped when the pod last polled.</summary>
    public int[] StoppedPartitions { get; private set; } = [];

    /// <summary>What /ready said then.</summary>
    public HealthReport LastReady { get; private set; } = new(false, [], []);

    /// <summary>Topics that have as many partitions as a broker's.</summary>
    public static TopicPartitions PartitionsOf(MemoryBroker broker) =>
        new(broker.Partitions, broker.Partitions, broker.Partitions);

    /// <summary>A small network, one step a minute, one step a record for series that begin with "e".</summary>
    public static ForecasterOptions SmallOptions(int gatherRecords = 2_048) => new()
    {
        Series = new() { Step = "00:01:00", MaxSkew = TimeSpan.FromMinutes(3), WindowSteps = 16, MaxGapSteps = 6 },
        Rules = [new() { Select = "e*", Step = "event" }],
        Model = new() { Hidden = 5, Layers = 2, Horizons = [1, 3], LagSteps = Lags },
        Pipeline = new() { GatherRecords = gatherRecords },
        Training = new() { Mode = TrainingMode.Off, AdoptionSpread = TimeSpan.Zero },
        State = new() { Delivery = DeliveryMode.AtLeastOnce },
    };

    /// <summary>Weights that forecast about the mean of the last values, so that experts soon listen to them, and to
    /// which every part of the network adds a little.</summary>
    public static ModelVersion Version(int id, ModelShape shape)
    {
        var random = new Random(id);
        var parameters = new ModelParameters(shape);
        foreach (ref float weight in parameters.Values.AsSpan())
        {
            weight = ((float)random.NextDouble() - 0.5f) * 0.3f;
        }

        for (int k = 0; k < shape.Outputs; k++)
        {
            parameters.SkipWeights.Slice(k * shape.SkipInputs, Lags).Fill(1f / (Lags + 1));
        }

        return new ModelVersion(id, ModelWeights.Pack(parameters));
    }

    public void Stop() => stopping.Cancel();

    public void Abandon() => abandon.Cancel();

    /// <summary>Makes the next turn of the loop commit.</summary>
    public void DueCommit() => Clock.Advance(MoreThanCommitInterval);

    public void Dispose()
    {
        stopping.Dispose();
        abandon.Dispose();
    }

    /// <summary>Runs until stopped by a script that is called at each Poll with its number, from 0.</summary>
    public void Run(Action<int> script)
    {
        int poll = 0;
        Port.Polling = () =>
        {
            (StoppedPartitions, LastReady) = ([.. Port.Paused.Except(Lane.Opening)], Health.Ready());
            script(poll++);
        };
        Lane.Run(stopping.Token);
    }

    /// <summary>Holds all partitions and commits at every turn until the logs are processed and stopped cleanly.</summary>
    public void RunToEnd(Action<int>? also = null) => Run(poll =>
    {
        if (poll == 0)
        {
            Port.Assign([.. Enumerable.Range(0, Broker.Partitions)]);
        }

        bool isAtEnd = poll > 0 && Port.IsAtEnd && Lane.Opening.Count == 0;
        if (isAtEnd && wasAtEnd)
        {
            Stop();
        }

        wasAtEnd = isAtEnd; // a turn more, so that health has heard of it
        DueCommit();
        also?.Invoke(poll);
    });
}
