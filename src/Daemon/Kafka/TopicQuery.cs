using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Streaming.Daemon.Kafka.Native;

namespace Streaming.Daemon.Kafka;

/// <summary>Asks the brokers about one topic.</summary>
/// <param name="client">rd_kafka_t* of any client.</param>
/// <param name="timeout">How long each request may take.</param>
internal readonly unsafe struct TopicQuery(nint client, TimeSpan timeout)
{
    /// <summary>Number of partitions and id (null where the brokers give none); null where there is no such
    /// topic.</summary>
    /// <exception cref="KafkaPortException">No answer in time, or refused.</exception>
    public (int Partitions, string? Id)? Identity(string topic)
    {
        using var request = new AdminRequest(client, timeout);
        Ask(topic, request.Options, request.Queue);
        nint found = Found(topic, request.Answer($"Topic '{topic}', describe"));
        if (found == 0)
        {
            return null;
        }

        nuint count;
        _ = LibRdKafka.rd_kafka_TopicDescription_partitions(found, &count);
        return ((int)count, IdOf(LibRdKafka.rd_kafka_TopicDescription_topic_id(found)));
    }

    /// <summary>What this user may do with a topic; null where the brokers don't tell, empty where it is not even to be
    /// seen.</summary>
    /// <exception cref="KafkaPortException">No answer in time, or refused.</exception>
    public IReadOnlySet<AclOperation>? Rights(string topic)
    {
        using var request = new AdminRequest(client, timeout);
        string what = $"Topic '{topic}', rights";
        Check(
            RdError.Take(LibRdKafka.rd_kafka_AdminOptions_set_include_authorized_operations(request.Options, 1)).Code,
            what);
        Ask(topic, request.Options, request.Queue);
        nint found = Found(topic, request.Answer(what));
        nuint count;
        return found == 0
            ? new HashSet<AclOperation>()
            : ToldRights.Of(LibRdKafka.rd_kafka_TopicDescription_authorized_operations(found, &count), count);
    }

    /// <summary>A topic's settings, those of the brokers included; null where this user may not know.</summary>
    /// <exception cref="KafkaPortException">No answer in time, or refused.</exception>
    public IReadOnlyDictionary<string, string>? Settings(string topic)
    {
        using var request = new AdminRequest(client, timeout);
        nint resource = LibRdKafka.rd_kafka_ConfigResource_new(LibRdKafka.TopicResource, topic);
        LibRdKafka.rd_kafka_DescribeConfigs(client, &resource, 1, request.Options, request.Queue);
        LibRdKafka.rd_kafka_ConfigResource_destroy(resource);
        string what = $"Topic '{topic}', configuration";
        nint result = LibRdKafka.rd_kafka_event_DescribeConfigs_result(request.Answer(what));
        nuint count;
        nint found = *LibRdKafka.rd_kafka_DescribeConfigs_result_resources(result, &count);
        var code = (ErrorCode)LibRdKafka.rd_kafka_ConfigResource_error(found);
        if (code == ErrorCode.TopicAuthorizationFailed)
        {
            return null;
        }

        Check(code, what);
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        nint* entries = LibRdKafka.rd_kafka_ConfigResource_configs(found, &count);
        for (nuint i = 0; i < count; i++)
        {
            string name = Marshal.PtrToStringUTF8(LibRdKafka.rd_kafka_ConfigEntry_name(entries[i]))!;
            settings[name] = Marshal.PtrToStringUTF8(LibRdKafka.rd_kafka_ConfigEntry_value(entries[i])) ?? "";
        }

        return settings;
    }

    private void Ask(string topic, nint options, nint queue)
    {
        fixed (byte* text = Encoding.UTF8.GetBytes(topic + '\0'))
        {
            byte* only = text;
            nint topics = LibRdKafka.rd_kafka_TopicCollection_of_topic_names(&only, 1);
            LibRdKafka.rd_kafka_DescribeTopics(client, topics, options, queue);
            LibRdKafka.rd_kafka_TopicCollection_destroy(topics);
        }
    }

    /// <summary>rd_kafka_TopicDescription_t* of an answer, which lives as long as that; 0 where there is no such
    /// topic.</summary>
    private static nint Found(string topic, nint answer)
    {
        nint result = LibRdKafka.rd_kafka_event_DescribeTopics_result(answer);
        nuint count;
        nint found = *LibRdKafka.rd_kafka_DescribeTopics_result_topics(result, &count);
        nint error = LibRdKafka.rd_kafka_TopicDescription_error(found);
        var code = error == 0 ? ErrorCode.NoError : (ErrorCode)LibRdKafka.rd_kafka_error_code(error);
        if (code is ErrorCode.UnknownTopicOrPart or ErrorCode.TopicAuthorizationFailed)
        {
            return 0;
        }

        Check(code, $"Topic '{topic}', describe");
        return found;
    }

    /// <summary>Brokers without ids answer zero.</summary>
    private static string? IdOf(nint id) =>
        LibRdKafka.rd_kafka_Uuid_most_significant_bits(id) == 0
        && LibRdKafka.rd_kafka_Uuid_least_significant_bits(id) == 0
            ? null
            : Marshal.PtrToStringUTF8(LibRdKafka.rd_kafka_Uuid_base64str(id));

    private static void Check(ErrorCode code, string what)
    {
        if (code != ErrorCode.NoError)
        {
            throw new KafkaPortException(
                code, $"{what}: {LibRdKafka.Describe((int)code)}", retriable: RetriableErrors.Contain(code));
        }
    }
}
