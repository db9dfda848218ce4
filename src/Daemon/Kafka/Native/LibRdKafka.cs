using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Streaming.Daemon.Kafka.Native;

/// <summary>The functions of librdkafka that a port needs, as rdkafka.h declares them.</summary>
/// <remarks>
/// Confluent.Kafka brings the library; its own consumer and producer cost 1 to 2 µs and hundreds of bytes a record,
/// the batch call and plain produce a fraction of that (docs/decisions has the figures).
/// </remarks>
internal static unsafe partial class LibRdKafka
{
    public const int Producer = 0;
    public const int Consumer = 1;
    public const int MessageCopy = 2;
    public const int DestroyWithoutLeaving = 8;
    public const long InvalidOffset = -1001;

    private const string Library = "librdkafka";

    /// <summary>The builds in the package: glibc with SASL, glibc without, musl. The first that loads is
    /// used.</summary>
    private static readonly string[] Builds = [Library, "centos8-librdkafka", "alpine-librdkafka"];

    static LibRdKafka() => NativeLibrary.SetDllImportResolver(typeof(LibRdKafka).Assembly, Resolve);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_conf_new();

    [LibraryImport(Library)]
    public static partial void rd_kafka_conf_destroy(nint conf);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int rd_kafka_conf_set(nint conf, string name, string value, byte* error, nuint errorSize);

    [LibraryImport(Library)]
    public static partial void rd_kafka_conf_set_opaque(nint conf, nint opaque);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_opaque(nint client);

    [LibraryImport(Library)]
    public static partial void rd_kafka_conf_set_error_cb(
        nint conf, delegate* unmanaged[Cdecl]<nint, int, byte*, nint, void> callback);

    [LibraryImport(Library)]
    public static partial void rd_kafka_conf_set_log_cb(
        nint conf, delegate* unmanaged[Cdecl]<nint, int, byte*, byte*, void> callback);

    [LibraryImport(Library)]
    public static partial void rd_kafka_conf_set_rebalance_cb(
        nint conf, delegate* unmanaged[Cdecl]<nint, int, RdPartitionList*, nint, void> callback);

    [LibraryImport(Library)]
    public static partial void rd_kafka_conf_set_dr_msg_cb(
        nint conf, delegate* unmanaged[Cdecl]<nint, RdMessage*, nint, void> callback);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_new(int type, nint conf, byte* error, nuint errorSize);

    [LibraryImport(Library)]
    public static partial void rd_kafka_destroy_flags(nint client, int flags);

    [LibraryImport(Library)]
    public static partial int rd_kafka_poll(nint client, int timeoutMs);

    [LibraryImport(Library)]
    public static partial int rd_kafka_fatal_error(nint client, byte* error, nuint errorSize);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_err2str(int code);

    [LibraryImport(Library)]
    public static partial int rd_kafka_error_code(nint error);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_error_string(nint error);

    [LibraryImport(Library)]
    public static partial void rd_kafka_error_destroy(nint error);

    [LibraryImport(Library)]
    public static partial int rd_kafka_metadata(
        nint client, int allTopics, nint onlyTopic, RdMetadata** metadata, int timeoutMs);

    [LibraryImport(Library)]
    public static partial void rd_kafka_metadata_destroy(RdMetadata* metadata);

    [LibraryImport(Library)]
    public static partial RdPartitionList* rd_kafka_topic_partition_list_new(int size);

    [LibraryImport(Library)]
    public static partial void rd_kafka_topic_partition_list_destroy(RdPartitionList* list);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial RdPartition* rd_kafka_topic_partition_list_add(
        RdPartitionList* list, string topic, int partition);

    /// <summary>Memory that librdkafka will free.</summary>
    [LibraryImport(Library)]
    public static partial void* rd_kafka_mem_malloc(nint client, nuint size);

    [LibraryImport(Library)]
    public static partial int rd_kafka_poll_set_consumer(nint client);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_queue_get_consumer(nint client);

    [LibraryImport(Library)]
    public static partial void rd_kafka_queue_destroy(nint queue);

    [LibraryImport(Library)]
    public static partial int rd_kafka_subscribe(nint client, RdPartitionList* topics);

    /// <remarks>Waits until the array is full or the time is over, so ask for one record when waiting.</remarks>
    [LibraryImport(Library)]
    public static partial nint rd_kafka_consume_batch_queue(
        nint queue, int timeoutMs, RdMessage** messages, nuint size);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial long rd_kafka_message_timestamp(RdMessage* message, int* type);

    /// <summary>Parses the headers at the first call; they live as long as the message.</summary>
    [LibraryImport(Library)]
    public static partial int rd_kafka_message_headers(RdMessage* message, nint* headers);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial int rd_kafka_header_get_all(
        nint headers, nuint index, byte** name, byte** value, nuint* valueSize);

    [LibraryImport(Library)]
    public static partial void rd_kafka_message_destroy(RdMessage* message);

    [LibraryImport(Library)]
    public static partial int rd_kafka_assignment_lost(nint client);

    [LibraryImport(Library)]
    public static partial int rd_kafka_assign(nint client, RdPartitionList* list);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_incremental_assign(nint client, RdPartitionList* list);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_incremental_unassign(nint client, RdPartitionList* list);

    [LibraryImport(Library)]
    public static partial int rd_kafka_pause_partitions(nint client, RdPartitionList* list);

    [LibraryImport(Library)]
    public static partial int rd_kafka_resume_partitions(nint client, RdPartitionList* list);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_seek_partitions(nint client, RdPartitionList* list, int timeoutMs);

    [LibraryImport(Library)]
    public static partial int rd_kafka_committed(nint client, RdPartitionList* list, int timeoutMs);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int rd_kafka_query_watermark_offsets(
        nint client, string topic, int partition, long* low, long* high, int timeoutMs);

    /// <remarks>Takes timestamps where a list has offsets, and puts offsets in their place.</remarks>
    [LibraryImport(Library)]
    public static partial int rd_kafka_offsets_for_times(nint client, RdPartitionList* list, int timeoutMs);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int rd_kafka_get_watermark_offsets(
        nint client, string topic, int partition, long* low, long* high);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_queue_new(nint client);

    [LibraryImport(Library)]
    public static partial int rd_kafka_queue_poll_callback(nint queue, int timeoutMs);

    [LibraryImport(Library)]
    public static partial int rd_kafka_commit_queue(
        nint client, RdPartitionList* list, nint queue,
        delegate* unmanaged[Cdecl]<nint, int, RdPartitionList*, nint, void> callback, nint opaque);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_consumer_close_queue(nint client, nint queue);

    [LibraryImport(Library)]
    public static partial int rd_kafka_consumer_closed(nint client);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint rd_kafka_topic_new(nint client, string topic, nint conf);

    [LibraryImport(Library)]
    public static partial void rd_kafka_topic_destroy(nint topic);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_produceva(nint client, RdArgument* arguments, nuint count);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_headers_new(nuint initialCount);

    [LibraryImport(Library)]
    public static partial void rd_kafka_headers_destroy(nint headers);

    [LibraryImport(Library)]
    public static partial int rd_kafka_header_add(
        nint headers, byte* name, nint nameSize, byte* value, nint valueSize);

    [LibraryImport(Library)]
    public static partial int rd_kafka_flush(nint client, int timeoutMs);

    /// <summary>Text of an error code.</summary>
    public static string Describe(int code) => Marshal.PtrToStringUTF8(rd_kafka_err2str(code)) ?? $"error {code}";

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != Library)
        {
            return 0;
        }

        foreach (string build in Builds)
        {
            if (NativeLibrary.TryLoad(build, assembly, searchPath, out nint handle))
            {
                return handle;
            }
        }

        throw new DllNotFoundException(
            $"None of {string.Join(", ", Builds)} loads here; install the libraries they need (ldd names them).");
    }
}
