using Confluent.Kafka.Admin;

namespace Streaming.Daemon.Kafka;

/// <summary>What a broker says that this user may do.</summary>
internal static unsafe class ToldRights
{
    /// <param name="operations">rd_kafka_AclOperation_t*; null where nothing is told.</param>
    /// <param name="count">Number of them.</param>
    public static IReadOnlySet<AclOperation>? Of(int* operations, nuint count)
    {
        if (operations is null)
        {
            return null;
        }

        var told = new HashSet<AclOperation>();
        foreach (int operation in new ReadOnlySpan<int>(operations, (int)count))
        {
            told.Add((AclOperation)operation);
        }

        return told;
    }
}
