using System.Globalization;
using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Kafka;

/// <summary>The librdkafka properties of a lane's consumer and producer.</summary>
/// <remarks>
/// Later entries win: ours, then Kafka:Client, then Kafka:Consumer or Kafka:Producer; what a promise hangs on can't
/// be set there (<see cref="ReservedProperties"/>). Memory of a lane's clients is bounded by
/// <see cref="PrefetchKilobytes"/>, one fetch, and <see cref="QueueKilobytes"/>.
/// </remarks>
internal static class ClientProperties
{
    /// <summary>Bytes fetched ahead, in KiB, at most; one fetch more can be under way.</summary>
    public const int PrefetchKilobytes = 32_768;

    /// <summary>Bytes waiting to be sent, in KiB, at most.</summary>
    public const int QueueKilobytes = 32_768;

    /// <summary>Largest message a producer takes, in bytes: the default of brokers.</summary>
    public const int MessageBytes = 1_048_588;

    /// <summary>Properties of the consumer of one lane.</summary>
    public static Dictionary<string, string> Consumer(
        KafkaOptions kafka, GroupMember member, DeliveryMode delivery = DeliveryMode.AtLeastOnce)
    {
        Dictionary<string, string> properties = Common(kafka, member);
        properties["client.id"] = new MemberAddress(member.Name, member.Url).ToString();
        properties["group.id"] = member.Group;
        properties["enable.auto.commit"] = "false";
        properties["enable.auto.offset.store"] = "false";

        // Every start is given by offset; this is for a log that retention has cut meanwhile: never skip to its end, and
        // where everything counts, skip nothing unsaid.
        properties["auto.offset.reset"] = delivery == DeliveryMode.ExactlyOnce ? "error" : "earliest";
        properties["isolation.level"] = "read_committed";

        // A log may end in what is no record (the marks of transactions), which only this tells.
        properties["enable.partition.eof"] = "true";

        // librdkafka pauses a full partition for a second by default, which starves a fast reader.
        properties["queued.min.messages"] = "1000000";
        properties["queued.max.messages.kbytes"] = Text(PrefetchKilobytes);
        properties["fetch.queue.backoff.ms"] = "10";
        properties["fetch.max.bytes"] = "16777216";
        AddGroup(properties, kafka, member);
        Override(properties, kafka.Client);
        Override(properties, kafka.Consumer);
        return properties;
    }

    /// <summary>Properties of a consumer that a lane reads other topics with, outside of its group.</summary>
    public static Dictionary<string, string> Reader(KafkaOptions kafka, GroupMember member)
    {
        Dictionary<string, string> properties = Consumer(kafka, member with { Url = null }, DeliveryMode.ExactlyOnce);
        properties["client.id"] += "-reader";
        properties.Remove("group.instance.id");
        return properties;
    }

    /// <summary>Properties of the producer of one lane.</summary>
    public static Dictionary<string, string> Producer(
        KafkaOptions kafka, GroupMember member, DeliveryMode delivery = DeliveryMode.AtLeastOnce)
    {
        Dictionary<string, string> properties = Common(kafka, member);
        properties["enable.idempotence"] = "true";
        properties["acks"] = "all";
        properties["partitioner"] = "murmur2_random";
        properties["message.max.bytes"] = Text(MessageBytes);

        // A broker may stay away for hours: a message waits for it, bounded by the queue, and never expires.
        properties["message.timeout.ms"] = "0";
        properties["delivery.report.only.error"] = "true";
        properties["queue.buffering.max.messages"] = "100000";
        properties["queue.buffering.max.kbytes"] = Text(QueueKilobytes);
        if (delivery == DeliveryMode.ExactlyOnce)
        {
            AddTransactions(properties, kafka, member);
        }

        Override(properties, kafka.Client);
        Override(properties, kafka.Producer);
        return properties;
    }

    /// <summary>Properties of a client that only asks about the cluster.</summary>
    public static Dictionary<string, string> Admin(KafkaOptions kafka)
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["bootstrap.servers"] = kafka.BootstrapServers,
            ["client.id"] = kafka.InstanceId,
        };
        Override(properties, kafka.Client);
        return properties;
    }

    private static Dictionary<string, string> Common(KafkaOptions kafka, GroupMember member) =>
        new(StringComparer.Ordinal)
        {
            ["bootstrap.servers"] = kafka.BootstrapServers,
            ["client.id"] = member.Name,
            ["socket.keepalive.enable"] = "true",
            ["log.connection.close"] = "false",
            ["reconnect.backoff.max.ms"] = "2000",
        };

    private static void AddGroup(Dictionary<string, string> properties, KafkaOptions kafka, GroupMember member)
    {
        if (kafka.GroupProtocol == GroupProtocol.Consumer)
        {
            // Session, heartbeat and assignor are the broker's business here: librdkafka refuses them.
            properties["group.protocol"] = "consumer";
            return;
        }

        properties["group.protocol"] = "classic";
        properties["partition.assignment.strategy"] = "cooperative-sticky";
        properties["session.timeout.ms"] = Text((int)kafka.SessionTimeout.TotalMilliseconds);
        properties["heartbeat.interval.ms"] = Text(
            Math.Clamp((int)kafka.SessionTimeout.TotalMilliseconds / 10, 100, 3_000));
        properties["max.poll.interval.ms"] = Text(
            Math.Max(300_000, (int)kafka.SessionTimeout.TotalMilliseconds));
        if (kafka.StaticMembership)
        {
            properties["group.instance.id"] = member.Name;
        }
    }

    /// <summary>A transaction that is not over in time is aborted by the brokers, and its producer fenced, so waiting on
    /// for a message would be of no use.</summary>
    private static void AddTransactions(Dictionary<string, string> properties, KafkaOptions kafka, GroupMember member)
    {
        properties["transactional.id"] = $"{member.Group}-{member.Name}";
        properties["transaction.timeout.ms"] = Text((int)kafka.TransactionTimeout.TotalMilliseconds);
        properties["message.timeout.ms"] = properties["transaction.timeout.ms"];
    }

    private static void Override(Dictionary<string, string> properties, IReadOnlyDictionary<string, string> with)
    {
        foreach ((string name, string value) in with)
        {
            properties[name.Trim()] = value;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
