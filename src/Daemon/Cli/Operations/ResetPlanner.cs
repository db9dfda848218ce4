using Microsoft.Extensions.Logging.Abstractions;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Models;
using Streaming.Daemon.Pipeline;
using Streaming.Daemon.State;

namespace Streaming.Daemon.Cli.Operations;

/// <summary>Finds out what a reset has to drop; changes nothing.</summary>
/// <param name="options">The deployment.</param>
/// <param name="admin">Asks about groups.</param>
/// <param name="clock">Tells how old records are.</param>
internal sealed class ResetPlanner(ForecasterOptions options, IClusterAdmin admin, TimeProvider clock)
{
    private static readonly TimeSpan Patience = KafkaCommand.Patience;

    private readonly TopicNames topics = TopicNames.Of(options);

    /// <exception cref="KafkaPortException">The brokers refuse, or don't answer.</exception>
    /// <exception cref="KafkaSetupException">A topic is missing, or is not the deployment's alone.</exception>
    public ResetPlan Plan(bool dropsModels, CancellationToken stop)
    {
        using var metadata = new ClusterMetadata(options.Kafka, NullLogger.Instance);
        string cluster = metadata.ClusterId(Patience);
        if (EmbeddedCluster.IsIdOfOne(cluster))
        {
            throw new KafkaSetupException("The embedded cluster can't be reset: it is empty at each start.");
        }

        IReadOnlyDictionary<string, int> counts = metadata.PartitionCounts(Patience);
        return new(
            options.Application,
            cluster,
            [.. GroupNames().Select(name => new ResetGroup(name, admin.Members(name)))],
            Content(topics.State, Count(counts, topics.State), IsOfState, stop),
            dropsModels ? Content(topics.Models, Count(counts, topics.Models), IsOfModels, stop) : null,
            counts.TryGetValue(options.RepartitionTopic, out int partitions) ? Log(options.RepartitionTopic, partitions) : null,
            Starts(Count(counts, topics.Input)),
            options.Input.Start,
            options.Output.Emit);
    }

    /// <summary>Where partitions of a topic end now.</summary>
    public IReadOnlyList<long> Ends(TopicContent content)
    {
        using LogReader reader = Reader(content.Topic);
        return [.. Enumerable.Range(0, content.Ends.Count).Select(p => reader.Watermarks(p, Patience).High)];
    }

    private IEnumerable<string> GroupNames() => [options.Application, options.RepartitionTopic];

    private TopicContent Content(string topic, int partitions, Func<byte[], bool> isOurs, CancellationToken stop)
    {
        using LogReader reader = Reader(topic);
        var keys = new List<(int, byte[])>();
        var ends = new List<long>();
        foreach (int partition in Enumerable.Range(0, partitions))
        {
            var inForce = new HashSet<byte[]>(Utf8Comparer.Instance);
            var scan = new TopicScan(reader, p => reader.Watermarks(p, Patience), Patience);
            ends.Add(scan.Read(partition, (_, _, key, value) => Take(inForce, key, value), stop));
            if (inForce.FirstOrDefault(key => !isOurs(key)) is not null)
            {
                throw new KafkaSetupException(
                    $"Topic '{topic}', partition {partition} has records that are none of the forecaster's. Choose another "
                    + "Application, or empty the topic by other means.");
            }

            keys.AddRange(inForce.Select(key => (partition, key)));
        }

        return new(topic, keys, ends);
    }

    private static void Take(HashSet<byte[]> inForce, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            inForce.Remove(key.ToArray());
        }
        else
        {
            inForce.Add(key.ToArray());
        }
    }

    private ResetLog Log(string topic, int partitions)
    {
        using LogReader reader = Reader(topic);
        (long Low, long High)[] marks =
            [.. Enumerable.Range(0, partitions).Select(partition => reader.Watermarks(partition, Patience))];
        return new(
            topic, [.. marks.Select((mark, partition) => new PartitionOffset(partition, mark.High))],
            marks.Sum(mark => mark.High - mark.Low));
    }

    private ResetStart[] Starts(int partitions)
    {
        using LogReader reader = Reader(topics.Input);
        return [.. Enumerable.Range(0, partitions).Select(Start)];

        ResetStart Start(int partition)
        {
            (long low, long high) = reader.Watermarks(partition, Patience);
            long from = StartPoint.Find(
                options.Input.Start, low, high, clock.GetUtcNow(), timeMs => reader.OffsetAt(partition, timeMs, Patience));
            return new(partition, low, high, from, options.Output.Emit == EmitMode.All ? from : high);
        }
    }

    private LogReader Reader(string topic) => new(
        ClientProperties.Reader(options.Kafka, GroupMember.Command(options)), topic, NullLogger.Instance);

    private static int Count(IReadOnlyDictionary<string, int> counts, string topic) =>
        counts.TryGetValue(topic, out int partitions)
            ? partitions
            : throw new KafkaSetupException($"Topic '{topic}' does not exist, or may not be read by this user.");

    private static bool IsOfState(byte[] key) => StateKey.TryRead(key, out _, out _);

    private static bool IsOfModels(byte[] key) => ModelsKey.TryRead(key, out _);
}
