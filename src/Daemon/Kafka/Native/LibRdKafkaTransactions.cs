using System.Runtime.InteropServices;

namespace Streaming.Daemon.Kafka.Native;

/// <summary>The transactional producer, as rdkafka.h declares it.</summary>
internal static unsafe partial class LibRdKafka
{
    [LibraryImport(Library)]
    public static partial int rd_kafka_error_is_retriable(nint error);

    [LibraryImport(Library)]
    public static partial int rd_kafka_error_is_fatal(nint error);

    [LibraryImport(Library)]
    public static partial int rd_kafka_error_txn_requires_abort(nint error);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_init_transactions(nint client, int timeoutMs);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_begin_transaction(nint client);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_send_offsets_to_transaction(
        nint client, RdPartitionList* offsets, nint groupMetadata, int timeoutMs);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_commit_transaction(nint client, int timeoutMs);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_abort_transaction(nint client, int timeoutMs);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_consumer_group_metadata(nint client);

    [LibraryImport(Library)]
    public static partial void rd_kafka_consumer_group_metadata_destroy(nint groupMetadata);

    [LibraryImport(Library)]
    public static partial int rd_kafka_consumer_group_metadata_generation_id(nint groupMetadata);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_consumer_group_metadata_member_id(nint groupMetadata);
}
