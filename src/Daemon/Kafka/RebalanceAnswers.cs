using Confluent.Kafka;
using Streaming.Daemon.Kafka.Native;

namespace Streaming.Daemon.Kafka;

/// <summary>Answers rebalances: tells the listener, then librdkafka.</summary>
/// <remarks>librdkafka gets its answer also when the listener throws. Lane's thread only, outside native
/// calls.</remarks>
internal sealed unsafe class RebalanceAnswers(ConsumerClient client, HeldPartitions held)
{
    /// <summary>Told what comes and goes; null while nobody is to be told.</summary>
    public IPartitionListener? Listener { get; set; }

    /// <summary>Answers all that are due.</summary>
    public void Answer()
    {
        while (client.Rebalances.TryDequeue(out Rebalance? rebalance))
        {
            if (rebalance.Kind == RebalanceKind.Assigned)
            {
                Assign(rebalance.Partitions);
            }
            else
            {
                Unassign(rebalance);
            }
        }
    }

    /// <summary>Tells the listener what it no longer holds, and librdkafka nothing.</summary>
    public void Tell(Rebalance rebalance)
    {
        int[] leaving = rebalance.Kind == RebalanceKind.Assigned ? [] : rebalance.Partitions;
        held.DropRecords(leaving);
        try
        {
            if (leaving.Length > 0 && rebalance.Kind == RebalanceKind.Lost)
            {
                Listener?.Lost(leaving);
            }
            else if (leaving.Length > 0)
            {
                Listener?.Revoked(leaving);
            }
        }
        finally
        {
            held.Remove(leaving);
        }
    }

    private void Assign(int[] partitions)
    {
        var starts = new long[partitions.Length];
        Array.Fill(starts, StartOffset.Committed);
        held.BeginAssign(partitions);
        try
        {
            Listener?.Assigned(partitions, starts);
        }
        finally
        {
            held.EndAssign();
            using var list = new PartitionList(client.Topic, partitions.Length);
            for (int i = 0; i < partitions.Length; i++)
            {
                list.Add(partitions[i], starts[i]);
            }

            // Refused when the partitions were lost meanwhile; that follows as a rebalance of its own.
            (ErrorCode code, string text) = RdClient.Take(
                LibRdKafka.rd_kafka_incremental_assign(client.Handle, list.Native));
            held.Add(partitions);
            ReportIfRefused(code, text);
            held.PauseNoted();
        }
    }

    private void Unassign(Rebalance rebalance)
    {
        try
        {
            Tell(rebalance);
        }
        finally
        {
            using PartitionList list = PartitionList.Of(client.Topic, rebalance.Partitions);
            (ErrorCode code, string text) = RdClient.Take(
                LibRdKafka.rd_kafka_incremental_unassign(client.Handle, list.Native));
            ReportIfRefused(code, text);
        }
    }

    private void ReportIfRefused(ErrorCode code, string text)
    {
        if (code != ErrorCode.NoError)
        {
            client.Report(code, text);
        }
    }
}
