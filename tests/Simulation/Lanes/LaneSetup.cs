using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Simulation.Schedules;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Pipeline;
using Streaming.Daemon.Pipeline.Questions;
using Streaming.Daemon.Serving;
using Streaming.Daemon.State;
using Streaming.Daemon.Tuning;
using Streaming.Inference.Experts;
using Streaming.Inference.Model;
using Streaming.Inference.Series;
using TaskFactory = Streaming.Daemon.Pipeline.TaskFactory;

namespace Simulation.Lanes;

/// <summary>What the processes of one scenario share: a configuration, a small network in some versions, metrics.</summary>
internal sealed class LaneSetup
{
    /// <summary>Versions that schedules may publish, the first one included.</summary>
    private const int MostVersions = 64;

    private const int Lags = 3;

    private readonly ProcessLife life = new(); // all processes are one: no record is to blame for what fate does
    private readonly ModelVersion[] versions;

    public LaneSetup()
    {
        Settings = PipelineServices.SettingsOf(Options);
        Shape = Settings.ShapeOf(Options.Model.Hidden, Options.Model.Layers);
        versions = [.. Enumerable.Range(1, MostVersions).Select(id => Version(id, Shape))];
        Rules = new RuleBook(Options);
        Owner = new(Options.Application, "simulated", "", Eras.Of(Options, Settings, Shape));
    }

    /// <summary>Series by the minute and by the event, one of a partition with a linear expert, at most nine of all, idle
    /// after twenty minutes; checkpoints that take several commits.</summary>
    public ForecasterOptions Options { get; } = new()
    {
        Application = "app",
        Input = new() { Start = "earliest", Format = InputFormat.Json, Repartition = RepartitionMode.Off },
        Output = new() { CloudEvents = false },
        Series = new()
        {
            Step = "00:01:00",
            MaxSkew = TimeSpan.FromMinutes(2),
            MaxFuture = TimeSpan.FromMinutes(5),
            IdleAfter = TimeSpan.FromMinutes(20),
            WindowSteps = 16,
            SeasonSteps = 2,
            MaxGapSteps = 6,
            Profile = ExpertProfile.Scale,
        },
        Rules =
        [
            new() { Select = "*-0", Step = "event", Profile = ExpertProfile.Balanced },
            new() { Select = "e*", Step = "event" },
        ],
        Model = new() { Hidden = 4, Layers = 1, Horizons = [1], LagSteps = Lags, Pretrained = false },
        Training = new() { AdoptionSpread = TimeSpan.FromMinutes(4), BurnInSteps = 6 },
        Pipeline = new()
        {
            GatherRecords = 64,
            GatherWait = TimeSpan.FromMilliseconds(5),
            CommitInterval = TimeSpan.FromMilliseconds(60),
            MaxSeriesPerPartition = 9,
        },
        State = new() { CheckpointInterval = TimeSpan.FromMilliseconds(250), CommitBytes = 4_000 },
        Kafka = new() { BootstrapServers = "simulated:9092", TransactionTimeout = TimeSpan.FromSeconds(1) },
    };

    public ForecasterSettings Settings { get; }

    public ModelShape Shape { get; }

    public RuleBook Rules { get; }

    public StateOwner Owner { get; }

    public ForecasterMetrics Metrics { get; } = new();

    /// <summary>A version that a schedule has published; 0 is the first one.</summary>
    public ModelVersion this[int version] => versions[version];

    /// <summary>A lane of a process that knows all versions, and has the first one in force.</summary>
    public Lane CreateLane(ProcessStart start, VersionFeed feed, Func<long, bool> hasVersions, ILogger<Lane> logger)
    {
        foreach (ModelVersion version in versions)
        {
            feed.Know(version);
        }

        var factory = new TaskFactory(
            Options, Rules, Settings, Shape, feed, Metrics, new TrainerSeat(), NullLogger<TaskFactory>.Instance)
        {
            Life = life,
        };
        var instruments = new LaneInstruments(Options, Metrics, new HealthState(start.Clock), 0, 1);
        return new Lane(
            Options, new TopicPartitions(start.Partitions, start.Partitions, start.Partitions), start.Port, factory, feed,
            hasVersions, null, LaneFace.Of(Options, 1, new LiveFeed(), start.Clock), Owner, instruments, start.Clock, logger, CancellationToken.None);
    }

    private static ModelVersion Version(int id, ModelShape shape)
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

        return new ModelVersion(id, ModelWeights.Pack(parameters), isGiven: int.IsEvenInteger(id));
    }
}
