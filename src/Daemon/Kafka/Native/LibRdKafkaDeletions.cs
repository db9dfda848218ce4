using System.Runtime.InteropServices;

namespace Streaming.Daemon.Kafka.Native;

/// <summary>Requests about groups, and those that delete, as rdkafka.h declares them.</summary>
internal static unsafe partial class LibRdKafka
{
    [LibraryImport(Library)]
    public static partial void rd_kafka_DescribeConsumerGroups(
        nint client, byte** groups, nuint count, nint options, nint queue);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_event_DescribeConsumerGroups_result(nint answer);

    [LibraryImport(Library)]
    public static partial nint* rd_kafka_DescribeConsumerGroups_result_groups(nint result, nuint* count);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_ConsumerGroupDescription_error(nint group);

    [LibraryImport(Library)]
    public static partial nuint rd_kafka_ConsumerGroupDescription_member_count(nint group);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_ConsumerGroupDescription_member(nint group, nuint index);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_MemberDescription_client_id(nint member);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_MemberDescription_host(nint member);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_MemberDescription_assignment(nint member);

    [LibraryImport(Library)]
    public static partial RdPartitionList* rd_kafka_MemberAssignment_partitions(nint assignment);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint rd_kafka_DeleteGroup_new(string group);

    [LibraryImport(Library)]
    public static partial void rd_kafka_DeleteGroup_destroy(nint deletion);

    [LibraryImport(Library)]
    public static partial void rd_kafka_DeleteGroups(
        nint client, nint* deletions, nuint count, nint options, nint queue);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_event_DeleteGroups_result(nint answer);

    [LibraryImport(Library)]
    public static partial nint* rd_kafka_DeleteGroups_result_groups(nint result, nuint* count);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_group_result_error(nint group);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_DeleteRecords_new(RdPartitionList* before);

    [LibraryImport(Library)]
    public static partial void rd_kafka_DeleteRecords_destroy(nint deletion);

    [LibraryImport(Library)]
    public static partial void rd_kafka_DeleteRecords(
        nint client, nint* deletions, nuint count, nint options, nint queue);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_event_DeleteRecords_result(nint answer);

    [LibraryImport(Library)]
    public static partial RdPartitionList* rd_kafka_DeleteRecords_result_offsets(nint result);
}
