using Microsoft.Extensions.Logging.Abstractions;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Pipeline;
using Streaming.Daemon.State;
using Streaming.Daemon.State.Inspection;
using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Cli.Operations;

/// <summary>Reads the state topic for state inspect.</summary>
internal static class StateInspector
{
    /// <summary>Reads the partitions that are asked for, one after the other.</summary>
    /// <exception cref="KafkaPortException">The brokers refuse, or don't answer.</exception>
    /// <exception cref="KafkaSetupException">There is no such topic or partition.</exception>
    public static StateReport Run(ForecasterOptions options, InspectStateRequest request, CancellationToken stop)
    {
        using var metadata = new ClusterMetadata(options.Kafka, NullLogger.Instance);
        int partitions = metadata.PartitionCounts(KafkaCommand.Patience).TryGetValue(options.StateTopic, out int found)
            ? found
            : throw new KafkaSetupException(
                $"State topic '{options.StateTopic}' does not exist, or may not be read by this user.");
        ForecasterSettings settings = PipelineServices.SettingsOf(options);
        ModelShape shape = FirstModel.Of(options.Model, settings).Parameters.Shape;
        string cluster = metadata.ClusterId(KafkaCommand.Patience);
        var owner = new StateOwner(
            options.Application, cluster,
            metadata.Describe(TopicNames.Of(options).Forecast, KafkaCommand.Patience)?.Id ?? "",
            Eras.Of(options, settings, shape));
        var probe = new UnitProbe(new SeriesTable(new RuleBook(options), settings, shape, maxSeries: 1), settings);
        using var reader = new LogReader(
            ClientProperties.Reader(options.Kafka, GroupMember.Command(options)), options.StateTopic, NullLogger.Instance);
        var scan = new TopicScan(
            reader, partition => reader.Watermarks(partition, KafkaCommand.Patience), KafkaCommand.Patience);
        return new(
            options.StateTopic, options.Application, cluster,
            [.. Chosen(request, partitions, options.StateTopic).Select(Inspect)]);

        PartitionReport Inspect(int partition)
        {
            var inspection = new PartitionInspection(partition, owner, probe);
            scan.Read(partition, (_, offset, key, value) => inspection.Take(offset, key, value), stop);
            return PartitionReport.Of(inspection, request);
        }
    }

    private static IEnumerable<int> Chosen(InspectStateRequest request, int partitions, string topic)
    {
        if (request.Partitions.Any(partition => partition >= partitions))
        {
            throw new KafkaSetupException($"State topic '{topic}' has {partitions} partitions, numbered from 0.");
        }

        return request.Partitions.Count == 0 ? Enumerable.Range(0, partitions) : request.Partitions.Distinct().Order();
    }
}
