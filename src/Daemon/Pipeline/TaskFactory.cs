using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Serving;
using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Pipeline;

/// <summary>Makes tasks, with all that the deployment's tasks share.</summary>
internal sealed class TaskFactory(
    ForecasterOptions options, RuleBook rules, ForecasterSettings settings, ModelShape shape, VersionFeed versions,
    ForecasterMetrics metrics)
{
    private readonly string topic = TopicNames.Of(options).Forecast;

    public ForecasterSettings Settings => settings;

    /// <summary>The process's, shared by its lanes of either kind.</summary>
    public ProcessLife Life { get; } = new();

    public ModelShape Shape => shape;

    /// <summary>How many series a partition takes.</summary>
    public SeriesRoom Room { get; } = StateBound.RoomOf(options);

    /// <summary>Makes a task without series, under the newest version.</summary>
    public PartitionTask Create(int partition, StartPlace place) => new(
        partition, place, new SeriesTable(rules, settings, shape, Room.Series),
        versions.Newest, metrics.Partition(topic, partition));
}
