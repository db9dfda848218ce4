using System.Runtime.InteropServices;

namespace Streaming.Daemon.Kafka.Native;

/// <summary>What only a look at a whole deployment asks, as rdkafka.h declares it: rights, and ends of what is
/// committed.</summary>
internal static unsafe partial class LibRdKafka
{
    /// <summary>rd_kafka_IsolationLevel_t: open transactions are not counted.</summary>
    public const int ReadCommitted = 1;

    /// <summary>An rd_kafka_error_t*, 0 where it is set.</summary>
    [LibraryImport(Library)]
    public static partial nint rd_kafka_AdminOptions_set_isolation_level(nint options, int level);

    /// <summary>An rd_kafka_error_t*, 0 where it is set.</summary>
    [LibraryImport(Library)]
    public static partial nint rd_kafka_AdminOptions_set_include_authorized_operations(nint options, int include);

    /// <summary>rd_kafka_AclOperation_t*; 0 where the broker has not told.</summary>
    [LibraryImport(Library)]
    public static partial int* rd_kafka_TopicDescription_authorized_operations(nint description, nuint* count);

    /// <summary>rd_kafka_AclOperation_t*; 0 where the broker has not told.</summary>
    [LibraryImport(Library)]
    public static partial int* rd_kafka_ConsumerGroupDescription_authorized_operations(nint group, nuint* count);
}
