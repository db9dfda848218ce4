using Confluent.Kafka;
using Streaming.Daemon.Kafka.Native;

namespace Streaming.Daemon.Kafka;

/// <summary>Answers rebalances: tells the listener, then librdkafka.</summary>
/// <remarks>
/// librdkafka gets its answer also when the listener throws. Partitions are held under the id that the member had when
/// it got them. A member that is thrown out while a rebalance waits to be answered gets no word of it from librdkafka
/// for the partitions that the rebalance leaves alone; the id tells: with another one, all that is held is lost.
/// Lane's thread only, outside native calls.
/// </remarks>
internal sealed unsafe class RebalanceAnswers(ConsumerClient client, HeldPartitions held)
{
    /// <summary>Lost, but librdkafka has not taken them back (yet).</summary>
    private readonly SortedSet<int> stale = [];

    /// <summary>Told what comes and goes; null while nobody is to be told.</summary>
    public IPartitionListener? Listener { get; set; }

    /// <summary>The member to whom the partitions held were given; empty where there is none.</summary>
    public string MemberId { get; private set; } = "";

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

    /// <summary>Tells the listener that all is lost where it was given to another member than this is now.</summary>
    public void DropWhatAnotherHeld()
    {
        using var membership = new GroupMembership(client.Handle);
        string member = membership.MemberId;
        if (member == MemberId)
        {
            return;
        }

        int[] all = held.All;
        stale.UnionWith(all);
        try
        {
            Leave(all, isLost: true);
        }
        finally
        {
            MemberId = member;
        }
    }

    /// <summary>Tells the listener what it no longer holds, and librdkafka nothing.</summary>
    public void Tell(Rebalance rebalance)
    {
        stale.ExceptWith(rebalance.Partitions);
        if (rebalance.Kind != RebalanceKind.Assigned)
        {
            Leave([.. rebalance.Partitions.Where(held.Contains)], rebalance.Kind == RebalanceKind.Lost);
        }
    }

    private void Leave(int[] leaving, bool isLost)
    {
        if (leaving.Length == 0)
        {
            return;
        }

        held.DropRecords(leaving);
        try
        {
            if (isLost)
            {
                Listener?.Lost(leaving);
            }
            else
            {
                Listener?.Revoked(leaving);
            }
        }
        finally
        {
            held.Remove(leaving);
        }
    }

    private void Assign(int[] announced)
    {
        try
        {
            DropWhatAnotherHeld();
        }
        finally
        {
            // What librdkafka has kept all the while is the new member's too, without a further word.
            int[] kept = MemberId.Length > 0 ? [.. stale] : [];
            stale.ExceptWith(kept);
            Take([.. announced.Union(kept).Order()], kept);
        }
    }

    /// <param name="partitions">All that come.</param>
    /// <param name="kept">Those of them that librdkafka is to start anew.</param>
    private void Take(int[] partitions, int[] kept)
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
            if (kept.Length > 0)
            {
                Release(kept);
            }

            using var list = new PartitionList(client.Topic, partitions.Length);
            for (int i = 0; i < partitions.Length; i++)
            {
                list.Add(partitions[i], starts[i]);
            }

            // Refused when the partitions were lost meanwhile; that follows as a rebalance of its own.
            (ErrorCode code, string text) = RdError.Take(
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
            DropWhatAnotherHeld();
            Tell(rebalance);
        }
        finally
        {
            Release(rebalance.Partitions);
        }
    }

    private void Release(int[] partitions)
    {
        using PartitionList list = PartitionList.Of(client.Topic, partitions);
        (ErrorCode code, string text) = RdError.Take(
            LibRdKafka.rd_kafka_incremental_unassign(client.Handle, list.Native));
        ReportIfRefused(code, text);
    }

    private void ReportIfRefused(ErrorCode code, string text)
    {
        if (code != ErrorCode.NoError)
        {
            client.Report(code, text);
        }
    }
}
