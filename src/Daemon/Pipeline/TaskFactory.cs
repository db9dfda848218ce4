using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Serving;
using Streaming.Daemon.State;
using Streaming.Daemon.Tuning;
using Streaming.Inference.Experts;
using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Pipeline;

/// <summary>Makes the tasks of a lane, with all that the deployment's tasks share.</summary>
internal sealed partial class TaskFactory(
    ForecasterOptions options, RuleBook rules, ForecasterSettings settings, ModelShape shape, VersionFeed versions,
    ForecasterMetrics metrics, TrainerSeat seat, ILogger<TaskFactory> logger)
{
    private readonly string topic = TopicNames.Of(options).Forecast;

    public ForecasterSettings Settings => settings;

    /// <summary>The process's, shared by its lanes of either kind.</summary>
    public ProcessLife Life { get; init; } = new();

    public ModelShape Shape => shape;

    /// <summary>How many series a partition takes.</summary>
    public SeriesRoom Room { get; } = StateBound.RoomOf(options);

    /// <summary>The process's: whoever of its lanes owns the partition that goes with it takes it.</summary>
    public TrainerSeat Seat => seat;

    /// <summary>Experts of each kind of series, in the order of the rules.</summary>
    public ExpertPlan[] Plans() => [.. rules.Kinds.Select(kind => ExpertPlan.Of(kind.Profile, settings, shape.Hidden, kind.MemberCount))];

    /// <summary>An empty table, to be filled with what is read back.</summary>
    public SeriesTable NewTable() => new(rules, settings, shape, Room.Series);

    /// <summary>Makes a task.</summary>
    /// <param name="place">Where it starts.</param>
    /// <param name="partition">Its partition.</param>
    /// <param name="table">Its series, with what was read back.</param>
    /// <param name="state">What was read back beside them; null where nothing was stored.</param>
    /// <param name="store">Where it is stored; null: nowhere.</param>
    /// <param name="dropped">What is stored and not gone on with.</param>
    public PartitionTask Create(
        StartPlace place, int partition, SeriesTable table, RestoredState? state, StateStore? store,
        IReadOnlyList<StoredKeys> dropped) => new(
        partition, place, table, TimelineOf(state, place), versions, metrics.Partition(topic, partition),
        store is null ? null : checkpoint => store.Of(partition, table, checkpoint), state, dropped);

    /// <summary>Counts what was read back.</summary>
    public void Restored(long bytes, int damaged, int changed, int cut)
    {
        metrics.StateBytesRestored.Inc(bytes);
        metrics.StateLost.WithLabels("damaged").Inc(damaged);
        metrics.StateLost.WithLabels("changed").Inc(changed);
        metrics.StateLost.WithLabels("cut").Inc(cut);
    }

    private AdoptionTimeline TimelineOf(RestoredState? state, StartPlace place)
    {
        Adoption[] adoptions = state?.Marker.Adoptions is { Count: > 0 } stored
            ? [.. stored]
            : [new(versions.Newest.Name, place.ReadFrom, long.MinValue)];
        var timeline = new AdoptionTimeline((adoptions[0], VersionOf(adoptions[0])), options.Training.AdoptionSpread);
        foreach (Adoption adoption in adoptions[1..])
        {
            timeline.Add(adoption, VersionOf(adoption));
        }

        return timeline;
    }

    private ModelVersion VersionOf(Adoption adoption)
    {
        if (versions.Find(adoption.Version) is { } found)
        {
            return found;
        }

        LogUnknownVersion(adoption.Version, versions.Newest.Name);
        return versions.Newest;
    }

    [LoggerMessage(161, LogLevel.Warning,
        "Version {Version}, under which a partition was left, is not known here: {Newest} takes its place")]
    private partial void LogUnknownVersion(string version, string newest);
}
