using System.ComponentModel.DataAnnotations;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Configuration;

/// <summary>How a consumer group spreads partitions.</summary>
internal enum GroupProtocol
{
    /// <summary>Cooperative-sticky with static membership: every broker.</summary>
    Classic,

    /// <summary>KIP-848: brokers from 4.0, and the embedded cluster.</summary>
    Consumer,
}

/// <summary>Where Kafka is and how to talk to it.</summary>
internal sealed record KafkaOptions : IValidatableObject
{
    /// <summary>Comma-separated host:port list. Required.</summary>
    [Required(ErrorMessage = "BootstrapServers is required: a comma-separated list of host:port.")]
    public string BootstrapServers { get; init; } = "";

    /// <summary>Protocol of the consumer group. Default classic.</summary>
    public GroupProtocol GroupProtocol { get; init; } = GroupProtocol.Classic;

    /// <summary>Name of this instance, unique in the group; lanes append their number. Default: the host's name.</summary>
    public string InstanceId { get; init; } = Environment.MachineName;

    /// <summary>Static members keep their partitions over a restart (classic protocol only). Default true.</summary>
    public bool StaticMembership { get; init; } = true;

    /// <summary>Time without a heartbeat after which partitions move elsewhere. Default 45 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:30:00")]
    public TimeSpan SessionTimeout { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>Further librdkafka properties, for both consumers and producers (security.protocol, …).</summary>
    public IReadOnlyDictionary<string, string> Client { get; init; } = new Dictionary<string, string>();

    /// <summary>Further librdkafka properties of consumers.</summary>
    public IReadOnlyDictionary<string, string> Consumer { get; init; } = new Dictionary<string, string>();

    /// <summary>Further librdkafka properties of producers.</summary>
    public IReadOnlyDictionary<string, string> Producer { get; init; } = new Dictionary<string, string>();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        ReservedProperties.Check(this);
}
