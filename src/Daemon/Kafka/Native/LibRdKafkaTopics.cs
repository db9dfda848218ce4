using System.Runtime.InteropServices;

namespace Streaming.Daemon.Kafka.Native;

/// <summary>Requests that make topics, as rdkafka.h declares them.</summary>
internal static unsafe partial class LibRdKafka
{
    /// <remarks>Replication factor −1: as the brokers are set.</remarks>
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint rd_kafka_NewTopic_new(
        string topic, int partitions, int replicationFactor, byte* error, nuint errorSize);

    [LibraryImport(Library)]
    public static partial void rd_kafka_NewTopic_destroy(nint topic);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int rd_kafka_NewTopic_set_config(nint topic, string name, string value);

    [LibraryImport(Library)]
    public static partial void rd_kafka_CreateTopics(nint client, nint* topics, nuint count, nint options, nint queue);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_event_CreateTopics_result(nint answer);

    [LibraryImport(Library)]
    public static partial nint* rd_kafka_CreateTopics_result_topics(nint result, nuint* count);

    [LibraryImport(Library)]
    public static partial int rd_kafka_topic_result_error(nint topic);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_topic_result_error_string(nint topic);

    /// <summary>Has brokers check a request and do nothing.</summary>
    [LibraryImport(Library)]
    public static partial int rd_kafka_AdminOptions_set_validate_only(
        nint options, int validateOnly, byte* error, nuint errorSize);
}
