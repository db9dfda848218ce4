using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
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

/// <summary>What to do when files with secrets or certificates have changed.</summary>
internal enum NewSecrets
{
    /// <summary>Say so, and go on with the old ones.</summary>
    Warn,

    /// <summary>Stop within five minutes, one process after the other, so that whoever started them starts them anew with
    /// these.</summary>
    Stop,
}

/// <summary>Where Kafka is and how to talk to it.</summary>
internal sealed partial record KafkaOptions : IValidatableObject
{
    /// <summary>Comma-separated host:port list. Required.</summary>
    [Required(ErrorMessage = "is required: a comma-separated list of host:port")]
    public string BootstrapServers { get; init; } = "";

    /// <summary>Protocol of the consumer group. Default classic.</summary>
    public GroupProtocol GroupProtocol { get; init; } = GroupProtocol.Classic;

    /// <summary>Name of this instance, unique in the group; lanes append their number. Default: host name.</summary>
    public string InstanceId { get; init; } = Environment.MachineName;

    /// <summary>Static members keep their partitions over a restart (classic protocol only). Default true.</summary>
    public bool StaticMembership { get; init; } = true;

    /// <summary>Time without a heartbeat after which partitions move elsewhere. Default 45 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:30:00")]
    public TimeSpan SessionTimeout { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>Time after which the brokers abort a transaction that is still open: what a crashed instance left stays in
    /// the way so long, and brokers away for longer cost a restart of the lane. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:15:00")]
    public TimeSpan TransactionTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>What to do when files with secrets or certificates have changed. Default warn.</summary>
    public NewSecrets NewSecrets { get; init; } = NewSecrets.Warn;

    /// <summary>Further librdkafka properties, for both consumers and producers (security.protocol, …).</summary>
    public IReadOnlyDictionary<string, string> Client { get; init; } = new Dictionary<string, string>();

    /// <summary>Further librdkafka properties of consumers.</summary>
    public IReadOnlyDictionary<string, string> Consumer { get; init; } = new Dictionary<string, string>();

    /// <summary>Further librdkafka properties of producers.</summary>
    public IReadOnlyDictionary<string, string> Producer { get; init; } = new Dictionary<string, string>();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (string server in BootstrapServers.Split(',', StringSplitOptions.TrimEntries))
        {
            if (BootstrapServers.Length > 0 && !HostAndPort().IsMatch(server))
            {
                yield return new($"'{server}' is not host:port", [nameof(BootstrapServers)]);
            }
        }

        if (StaticMembership && GroupProtocol == GroupProtocol.Classic && !ForecasterOptions.IsTopicName(InstanceId))
        {
            yield return new(
                $"'{InstanceId}' must be letters, digits, '.', '_' or '-' where StaticMembership is true",
                [nameof(InstanceId)]);
        }

        foreach (ValidationResult reserved in ReservedProperties.Check(this))
        {
            yield return reserved;
        }
    }

    /// <remarks>An optional protocol, a name or an IPv6 address in brackets, an optional port.</remarks>
    [GeneratedRegex(@"\A([A-Z_]+://)?([^\s:/\[\]]+|\[[0-9a-fA-F:.]+\])(:[0-9]{1,5})?\z", RegexOptions.IgnoreCase)]
    private static partial Regex HostAndPort();
}
