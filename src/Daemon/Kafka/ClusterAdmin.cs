using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka.Native;

namespace Streaming.Daemon.Kafka;

/// <summary>Asks brokers about groups and has them make topics and delete, over a client of its own.</summary>
internal sealed unsafe class ClusterAdmin : IClusterAdmin, IGroupMembers
{
    private const int ErrorBytes = 512;

    private readonly RdClient client;
    private readonly TimeSpan timeout;

    /// <param name="options">Where the brokers are.</param>
    /// <param name="logger">Receives librdkafka's log.</param>
    /// <param name="timeout">How long each request may take.</param>
    public ClusterAdmin(KafkaOptions options, ILogger logger, TimeSpan timeout)
    {
        this.timeout = timeout;
        client = new RdClient(LibRdKafka.Producer, ClientProperties.Admin(options), logger, (_, _) => { }, this, _ => { });
    }

    public IReadOnlyList<string> Members(string group) => Describe(
        group, member => $"{Text(LibRdKafka.rd_kafka_MemberDescription_client_id(member))} at "
            + Text(LibRdKafka.rd_kafka_MemberDescription_host(member)));

    public IReadOnlyList<MemberPartitions> Describe(string group, string topic) => Describe(
        group, member => new MemberPartitions(
            Text(LibRdKafka.rd_kafka_MemberDescription_client_id(member)), PartitionsOf(member, topic)));

    private static List<int> PartitionsOf(nint member, string topic)
    {
        RdPartitionList* list = LibRdKafka.rd_kafka_MemberAssignment_partitions(
            LibRdKafka.rd_kafka_MemberDescription_assignment(member));
        var partitions = new List<int>();
        for (int i = 0; list is not null && i < list->Count; i++)
        {
            if (Text((nint)list->Items[i].Topic) == topic)
            {
                partitions.Add(list->Items[i].Partition);
            }
        }

        return partitions;
    }

    private T[] Describe<T>(string group, Func<nint, T> read)
    {
        string what = $"Group '{group}', describe";
        using var request = new AdminRequest(client.Handle, timeout);
        fixed (byte* name = Encoding.UTF8.GetBytes(group + '\0'))
        {
            byte* only = name;
            LibRdKafka.rd_kafka_DescribeConsumerGroups(client.Handle, &only, 1, request.Options, request.Queue);
        }

        nint result = LibRdKafka.rd_kafka_event_DescribeConsumerGroups_result(request.Answer(what));
        nuint count;
        nint found = *LibRdKafka.rd_kafka_DescribeConsumerGroups_result_groups(result, &count);
        if (CodeOf(LibRdKafka.rd_kafka_ConsumerGroupDescription_error(found)) is var code
            && code == ErrorCode.GroupIdNotFound)
        {
            return [];
        }

        Check(code, what);
        var members = new T[LibRdKafka.rd_kafka_ConsumerGroupDescription_member_count(found)];
        for (int i = 0; i < members.Length; i++)
        {
            members[i] = read(LibRdKafka.rd_kafka_ConsumerGroupDescription_member(found, (nuint)i));
        }

        return members;
    }

    public void DeleteGroup(string group)
    {
        string what = $"Group '{group}', delete";
        using var request = new AdminRequest(client.Handle, timeout);
        nint deletion = LibRdKafka.rd_kafka_DeleteGroup_new(group);
        LibRdKafka.rd_kafka_DeleteGroups(client.Handle, &deletion, 1, request.Options, request.Queue);
        LibRdKafka.rd_kafka_DeleteGroup_destroy(deletion);
        nint result = LibRdKafka.rd_kafka_event_DeleteGroups_result(request.Answer(what));
        nuint count;
        ErrorCode code = CodeOf(
            LibRdKafka.rd_kafka_group_result_error(*LibRdKafka.rd_kafka_DeleteGroups_result_groups(result, &count)));
        if (code != ErrorCode.GroupIdNotFound)
        {
            Check(code, what);
        }
    }

    public void DeleteRecords(string topic, IReadOnlyList<PartitionOffset> before)
    {
        string what = $"Topic '{topic}', delete records";
        using PartitionList list = PartitionList.Of(topic, [.. before]);
        using var request = new AdminRequest(client.Handle, timeout);
        nint deletion = LibRdKafka.rd_kafka_DeleteRecords_new(list.Native);
        LibRdKafka.rd_kafka_DeleteRecords(client.Handle, &deletion, 1, request.Options, request.Queue);
        LibRdKafka.rd_kafka_DeleteRecords_destroy(deletion);
        RdPartitionList* done = LibRdKafka.rd_kafka_DeleteRecords_result_offsets(
            LibRdKafka.rd_kafka_event_DeleteRecords_result(request.Answer(what)));
        for (int i = 0; i < done->Count; i++)
        {
            Check((ErrorCode)done->Items[i].Error, $"{what}, partition {done->Items[i].Partition}");
        }
    }

    public void CreateTopic(NewTopic topic, int replicationFactor, bool onlyTry)
    {
        const int BrokersChoice = -1;
        string what = $"Topic '{topic.Name}', create";
        byte* error = stackalloc byte[ErrorBytes];
        nint made = LibRdKafka.rd_kafka_NewTopic_new(
            topic.Name, topic.Partitions, replicationFactor == 0 ? BrokersChoice : replicationFactor, error, ErrorBytes);
        if (made == 0)
        {
            throw new KafkaPortException(ErrorCode.Local_InvalidArg, $"{what}: {Text((nint)error)}");
        }

        foreach ((string name, string value) in topic.Settings)
        {
            _ = LibRdKafka.rd_kafka_NewTopic_set_config(made, name, value);
        }

        using var request = new AdminRequest(client.Handle, timeout);
        _ = LibRdKafka.rd_kafka_AdminOptions_set_validate_only(request.Options, onlyTry ? 1 : 0, null, 0);
        LibRdKafka.rd_kafka_CreateTopics(client.Handle, &made, 1, request.Options, request.Queue);
        LibRdKafka.rd_kafka_NewTopic_destroy(made);
        nint result = LibRdKafka.rd_kafka_event_CreateTopics_result(request.Answer(what));
        nuint count;
        nint answered = *LibRdKafka.rd_kafka_CreateTopics_result_topics(result, &count);
        var code = (ErrorCode)LibRdKafka.rd_kafka_topic_result_error(answered);
        if (code is not (ErrorCode.NoError or ErrorCode.TopicAlreadyExists))
        {
            string reason = Text(LibRdKafka.rd_kafka_topic_result_error_string(answered));
            throw new KafkaPortException(code, $"{what}: {reason}", retriable: RetriableErrors.Contain(code));
        }
    }

    public void Dispose() => client.Dispose();

    private static ErrorCode CodeOf(nint error) =>
        error == 0 ? ErrorCode.NoError : (ErrorCode)LibRdKafka.rd_kafka_error_code(error);

    private static string Text(nint text) => Marshal.PtrToStringUTF8(text) ?? "";

    private static void Check(ErrorCode code, string what)
    {
        if (code != ErrorCode.NoError)
        {
            throw new KafkaPortException(
                code, $"{what}: {LibRdKafka.Describe((int)code)}", retriable: RetriableErrors.Contain(code));
        }
    }
}
