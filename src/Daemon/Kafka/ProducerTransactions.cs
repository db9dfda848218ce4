using Confluent.Kafka;
using Streaming.Daemon.Kafka.Native;

namespace Streaming.Daemon.Kafka;

/// <summary>The transactions of a producer, one at a time.</summary>
/// <remarks>
/// librdkafka says of an error that the call may be made again, that the transaction can only be aborted, or that the
/// producer is done for. One that it says nothing of counts as the last: then the two disagree about where the
/// transaction is, and only a new producer, which aborts what this one left, makes sure. Lane's thread only.
/// </remarks>
internal sealed unsafe class ProducerTransactions(RdClient client)
{
    /// <summary>How long a call may go on after its time-out.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>A call that has not come back, and may never: until it does, the client can't be destroyed.</summary>
    public Task? Stuck { get; private set; }

    /// <summary>Begun, and neither committed nor aborted yet.</summary>
    public bool IsOpen { get; private set; }

    /// <exception cref="KafkaPortException">Retriable or fatal.</exception>
    public void Init(TimeSpan timeout) =>
        Check(LibRdKafka.rd_kafka_init_transactions(client.Handle, Milliseconds(timeout)), "init transactions");

    /// <exception cref="KafkaPortException">Fatal.</exception>
    public void Begin()
    {
        Check(LibRdKafka.rd_kafka_begin_transaction(client.Handle), "begin transaction");
        IsOpen = true;
    }

    /// <param name="next">Where the group goes on, with notes.</param>
    /// <param name="membership">In whose name; read just now.</param>
    /// <param name="member">The member to whom the partitions were given.</param>
    /// <param name="timeout">How long to wait for the coordinators.</param>
    /// <exception cref="KafkaPortException">Retriable, abortable or fatal.</exception>
    /// <remarks>Disposes both lists. A broker takes a transaction's offsets from a stranger to the group without a look at the generation (for
    /// clients older than KIP-447), and those of a member without a look at what it holds. So one that is no member now,
    /// or was thrown out and let in again since, must not get that far. While the group's coordinator is away librdkafka
    /// forgets the time-out (its issue 5456), so the call is made on a thread that can be left behind.</remarks>
    public void SendOffsets(PartitionList next, GroupMembership membership, string member, TimeSpan timeout)
    {
        if (!membership.Exists || membership.MemberId != member)
        {
            next.Dispose();
            membership.Dispose();
            throw new KafkaPortException(
                ErrorCode.UnknownMemberId, "send offsets: this is no longer the member that the partitions were given to",
                abortable: true);
        }

        Task<nint> call = Task.Factory.StartNew(
            () => Send(next, membership, timeout), CancellationToken.None, TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        if (!call.Wait(timeout + Grace))
        {
            Stuck = call;
            throw new KafkaPortException(ErrorCode.Local_TimedOut, "send offsets: the client does not answer", fatal: true);
        }

        Check(call.Result, "send offsets");
    }

    /// <exception cref="KafkaPortException">Retriable: the outcome is unknown, call again. Abortable: nothing was
    /// committed. Fatal: the outcome is unknown.</exception>
    public void Commit(TimeSpan timeout)
    {
        Check(LibRdKafka.rd_kafka_commit_transaction(client.Handle, Milliseconds(timeout)), "commit transaction");
        IsOpen = false;
    }

    /// <exception cref="KafkaPortException">Retriable or fatal.</exception>
    public void Abort(TimeSpan timeout)
    {
        Check(LibRdKafka.rd_kafka_abort_transaction(client.Handle, Milliseconds(timeout)), "abort transaction");
        IsOpen = false;
    }

    private nint Send(PartitionList next, GroupMembership membership, TimeSpan timeout)
    {
        using (next)
        using (membership)
        {
            return LibRdKafka.rd_kafka_send_offsets_to_transaction(
                client.Handle, next.Native, membership.Native, Milliseconds(timeout));
        }
    }

    private static void Check(nint error, string what)
    {
        RdError failure = RdError.Take(error);
        if (failure.Code != ErrorCode.NoError)
        {
            bool isAbortable = failure.RequiresAbort && !failure.IsFatal;
            bool isRetriable = failure.IsRetriable && !failure.IsFatal && !isAbortable;
            throw new KafkaPortException(
                failure.Code, $"{what}: {failure.Text}", isRetriable, fatal: !isRetriable && !isAbortable, isAbortable);
        }
    }

    private static int Milliseconds(TimeSpan timeout) => (int)Math.Max(0, timeout.TotalMilliseconds);
}
