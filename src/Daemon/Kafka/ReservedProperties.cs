using System.ComponentModel.DataAnnotations;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Kafka;

/// <summary>The librdkafka properties that may not be set by hand, because a promise hangs on them.</summary>
internal static class ReservedProperties
{
    private const string AtLeastOnce = "offsets and forecasts would be lost or repeated";
    private const string Partitioning = "forecasts would go to other partitions than those of other producers";

    /// <summary>Property → what to do instead, or what would break.</summary>
    public static IReadOnlyDictionary<string, string> Reasons { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["bootstrap.servers"] = "set Kafka:BootstrapServers",
            ["metadata.broker.list"] = "set Kafka:BootstrapServers",
            ["group.id"] = "it is Application",
            ["group.protocol"] = "set Kafka:GroupProtocol",
            ["group.instance.id"] = "set Kafka:InstanceId and Kafka:StaticMembership",
            ["session.timeout.ms"] = "set Kafka:SessionTimeout",
            ["auto.offset.reset"] = "records would be skipped silently; see Input:Start",
            ["partition.assignment.strategy"] = "the lanes rely on cooperative rebalances",
            ["enable.auto.commit"] = AtLeastOnce,
            ["enable.auto.offset.store"] = AtLeastOnce,
            ["enable.partition.eof"] = "a partition would not be known to be restored",
            ["isolation.level"] = "records of aborted transactions would be forecast from",
            ["enable.idempotence"] = AtLeastOnce,
            ["acks"] = AtLeastOnce,
            ["request.required.acks"] = AtLeastOnce,
            ["retries"] = AtLeastOnce,
            ["message.send.max.retries"] = AtLeastOnce,
            ["message.timeout.ms"] = AtLeastOnce,
            ["delivery.timeout.ms"] = AtLeastOnce,
            ["delivery.report.only.error"] = AtLeastOnce,
            ["transactional.id"] = "it is Application, Kafka:InstanceId and the number of the lane",
            ["transaction.timeout.ms"] = "set Kafka:TransactionTimeout",
            ["partitioner"] = Partitioning,
            ["log.queue"] = "the log of the client would not be read",
        };

    /// <summary>One error for each reserved property that is set.</summary>
    public static IEnumerable<ValidationResult> Check(KafkaOptions options)
    {
        foreach ((string section, IReadOnlyDictionary<string, string> properties) in new[]
        {
            (nameof(options.Client), options.Client), (nameof(options.Consumer), options.Consumer),
            (nameof(options.Producer), options.Producer),
        })
        {
            foreach (string name in properties.Keys)
            {
                if (Reasons.TryGetValue(name.Trim(), out string? reason))
                {
                    yield return new($"{section}:{name} may not be set: {reason}.", [section]);
                }
            }
        }
    }
}
