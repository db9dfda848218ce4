using Confluent.Kafka;
using Streaming.Daemon.Kafka.Native;

namespace Streaming.Daemon.Kafka;

/// <summary>A rebalance as librdkafka announced it, to be answered later.</summary>
/// <param name="Kind">What happens to the partitions.</param>
/// <param name="Partitions">The partitions that come or go, ascending.</param>
internal sealed record Rebalance(RebalanceKind Kind, int[] Partitions)
{
    /// <summary>Reads the arguments of a rebalance callback; valid only inside of it.</summary>
    /// <param name="client">rd_kafka_t*.</param>
    /// <param name="code">Whether the partitions are to be assigned or revoked.</param>
    /// <param name="list">The partitions, owned by librdkafka.</param>
    public static unsafe Rebalance Of(nint client, int code, RdPartitionList* list)
    {
        var partitions = new int[list->Count];
        for (int i = 0; i < partitions.Length; i++)
        {
            partitions[i] = list->Items[i].Partition;
        }

        Array.Sort(partitions);
        RebalanceKind kind = code == (int)ErrorCode.Local_AssignPartitions ? RebalanceKind.Assigned
            : LibRdKafka.rd_kafka_assignment_lost(client) != 0 ? RebalanceKind.Lost
            : RebalanceKind.Revoked;
        return new Rebalance(kind, partitions);
    }
}
