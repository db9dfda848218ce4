using System.Runtime.InteropServices;

namespace Streaming.Daemon.Kafka.Native;

/// <summary>Questions about the cluster and its topics, as rdkafka.h declares them.</summary>
internal static unsafe partial class LibRdKafka
{
    /// <summary>rd_kafka_admin_op_t: options for any request.</summary>
    public const int AnyAdminRequest = 0;

    /// <summary>rd_kafka_ResourceType_t: a topic.</summary>
    public const int TopicResource = 2;

    /// <summary>Text to be freed by <see cref="rd_kafka_mem_free"/>; 0 when the time was over.</summary>
    [LibraryImport(Library)]
    public static partial nint rd_kafka_clusterid(nint client, int timeoutMs);

    [LibraryImport(Library)]
    public static partial void rd_kafka_mem_free(nint client, nint memory);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_AdminOptions_new(nint client, int request);

    [LibraryImport(Library)]
    public static partial void rd_kafka_AdminOptions_destroy(nint options);

    [LibraryImport(Library)]
    public static partial int rd_kafka_AdminOptions_set_request_timeout(
        nint options, int timeoutMs, byte* error, nuint errorSize);

    /// <summary>An event, 0 when the time was over.</summary>
    [LibraryImport(Library)]
    public static partial nint rd_kafka_queue_poll(nint queue, int timeoutMs);

    [LibraryImport(Library)]
    public static partial void rd_kafka_event_destroy(nint answer);

    [LibraryImport(Library)]
    public static partial int rd_kafka_event_error(nint answer);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_event_error_string(nint answer);

    /// <remarks>A list has the offset asked for, −2 the first or −1 the end, where the answer has an offset. Open
    /// transactions are included, whatever the client's isolation level.</remarks>
    [LibraryImport(Library)]
    public static partial void rd_kafka_ListOffsets(nint client, RdPartitionList* list, nint options, nint queue);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_event_ListOffsets_result(nint answer);

    [LibraryImport(Library)]
    public static partial nint* rd_kafka_ListOffsets_result_infos(nint result, nuint* count);

    [LibraryImport(Library)]
    public static partial RdPartition* rd_kafka_ListOffsetsResultInfo_topic_partition(nint info);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_TopicCollection_of_topic_names(byte** names, nuint count);

    [LibraryImport(Library)]
    public static partial void rd_kafka_TopicCollection_destroy(nint topics);

    [LibraryImport(Library)]
    public static partial void rd_kafka_DescribeTopics(nint client, nint topics, nint options, nint queue);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_event_DescribeTopics_result(nint answer);

    [LibraryImport(Library)]
    public static partial nint* rd_kafka_DescribeTopics_result_topics(nint result, nuint* count);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_TopicDescription_error(nint description);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_TopicDescription_partitions(nint description, nuint* count);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_TopicDescription_topic_id(nint description);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_Uuid_base64str(nint id);

    [LibraryImport(Library)]
    public static partial long rd_kafka_Uuid_most_significant_bits(nint id);

    [LibraryImport(Library)]
    public static partial long rd_kafka_Uuid_least_significant_bits(nint id);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint rd_kafka_ConfigResource_new(int type, string name);

    [LibraryImport(Library)]
    public static partial void rd_kafka_ConfigResource_destroy(nint resource);

    [LibraryImport(Library)]
    public static partial void rd_kafka_DescribeConfigs(
        nint client, nint* resources, nuint count, nint options, nint queue);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_event_DescribeConfigs_result(nint answer);

    [LibraryImport(Library)]
    public static partial nint* rd_kafka_DescribeConfigs_result_resources(nint result, nuint* count);

    [LibraryImport(Library)]
    public static partial int rd_kafka_ConfigResource_error(nint resource);

    [LibraryImport(Library)]
    public static partial nint* rd_kafka_ConfigResource_configs(nint resource, nuint* count);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_ConfigEntry_name(nint entry);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_ConfigEntry_value(nint entry);
}
