using Confluent.Kafka;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Pipeline;

/// <summary>Commits exactly once: outputs, what is stored, markers and offsets of all tasks in one transaction.</summary>
/// <remarks>
/// <code>
/// Idle → Open (first output) → Committing → Idle           done
///          │                       ├ retriable: Committing unknown: the same call again, nothing else
///          │ abortable             └ abortable
///          └→ Aborting → Looking → Idle                    committed offset new: done; old: send again
/// </code>
/// Redo, not undo: tasks go on from where they are, and outputs are kept until the commit that holds them is known to be
/// done. A fatal error ends the lane: what was committed is what the next one restores.
/// </remarks>
internal sealed partial class TransactionalCommitter<TTask>(
    IKafkaPort port, Outbox outbox, PartitionTable<TTask> tasks, ReadingInstruments instruments, Action committed,
    TimeProvider clock, StorePace pace, ILogger logger)
    : Committer<TTask>(tasks, instruments, committed, clock, pace)
    where TTask : class, IPartitionTask
{
    private const int OffsetTries = 3;
    private const int RefusalsToGiveUp = 3;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly KeptOutputs kept =
        outbox.Kept ?? throw new ArgumentException("An outbox that keeps nothing.", nameof(outbox));

    private Phase phase;
    private bool mayBeCommitted;
    private bool isDone;
    private int refusals;
    private long begunMs; // the transaction

    private enum Phase
    {
        Idle,
        Open,
        Committing,
        Aborting,
        Looking,
    }

    public override bool TrySettle()
    {
        try
        {
            if (phase == Phase.Committing)
            {
                EndCommit();
            }

            if (phase == Phase.Aborting)
            {
                port.AbortTransaction(Timeout);
                Instruments.CommitFailed();
                phase = mayBeCommitted ? Phase.Looking : Forget();
            }

            if (phase == Phase.Looking)
            {
                phase = Look();
            }

            return true;
        }
        catch (KafkaPortException e) when (e.Retriable)
        {
            LogLater(e.Message);
            Instruments.Health.Waiting(e.Message);
            return false;
        }
    }

    public override bool SendOutputs()
    {
        if (kept.HasUnsent && TrySettle())
        {
            try
            {
                Begin();
                kept.SendRest(outbox);
            }
            catch (KafkaPortException e) when (!e.Fatal)
            {
                Abort(e);
            }
        }

        return kept.IsFull;
    }

    public override void Commit() => TryCommit(isDraining: false);

    public override bool CommitNow(bool isDraining = false)
    {
        bool done = false;
        for (int tries = 0; tries < LastTries && !done; tries++)
        {
            done = TryCommit(isDraining);
            Instruments.Health.Beat();
        }

        return done;
    }

    public override void Withdraw(TTask task)
    {
        task.Reading.Probation.InHand = null;
        CommitNow();
    }

    /// <exception cref="KafkaPortException">Fatal: what became of the last commit could not be found out. Only a port made
    /// anew can, so the lane ends.</exception>
    public override void CommitLast()
    {
        CommitNow();
        if (!TrySettle())
        {
            throw new KafkaPortException(
                ErrorCode.Local_TimedOut, "The brokers don't tell what became of the last commit.", fatal: true);
        }
    }

    public override bool Recover() => false;

    /// <remarks>What was polled is no longer taken: every task goes back to what is committed.</remarks>
    public override void Reopen(KafkaPortException loss)
    {
        LogReopened(loss.Message);
        int[] partitions = [.. Tasks.All.Select(task => task.Partition)];
        foreach (int partition in partitions)
        {
            Drop(partition);
        }

        Instruments.Lost();
        Tasks.Reopen(partitions);
    }

    public override void Drop(int partition)
    {
        if (phase == Phase.Open && kept.HasSent(partition))
        {
            (phase, mayBeCommitted) = (Phase.Aborting, false);
            kept.Rewind();
        }

        kept.Drop(partition);
    }

    /// <returns>Whether nothing is left over: not, where Kafka refused or its answer is unknown.</returns>
    private bool TryCommit(bool isDraining)
    {
        if (!TrySettle())
        {
            return false;
        }

        isDone = false;
        Prepare(isDraining);
        if (Parts.Count == 0)
        {
            return true;
        }

        try
        {
            Write(isDraining);
            (phase, mayBeCommitted) = (Phase.Committing, true);
        }
        catch (KafkaPortException e) when (!e.Fatal)
        {
            Abort(e);
        }

        return TrySettle() && isDone;
    }

    /// <summary>Everything but the commit itself; the order among outputs, series and markers is free.</summary>
    private void Write(bool isDraining)
    {
        Begin();
        kept.SendRest(outbox);
        Store(isDraining, left: (2 * Pace.Time) - TimeSpan.FromMilliseconds(NowMs - begunMs));
        foreach (TTask task in Parts)
        {
            task.Mark();
        }

        for (int tries = 1; ; tries++)
        {
            try
            {
                port.SendOffsets(Places, Timeout);
                return;
            }
            catch (KafkaPortException e) when (e.Retriable && tries < OffsetTries)
            {
                Instruments.Health.Waiting(e.Message); // the same call again
            }
        }
    }

    private void Begin()
    {
        if (phase == Phase.Idle)
        {
            port.BeginTransaction();
            (phase, begunMs) = (Phase.Open, NowMs);
        }
    }

    private void EndCommit()
    {
        try
        {
            port.CommitTransaction(Timeout);
            phase = End();
        }
        catch (KafkaPortException e) when (e.Abortable)
        {
            LogAborted(e.Message);
            Pace.Failed();
            phase = Phase.Aborting;
        }
    }

    /// <summary>The open transaction is to be aborted: it was not committed.</summary>
    /// <exception cref="InvalidOperationException">Kafka refuses a message again and again.</exception>
    private void Abort(KafkaPortException reason)
    {
        LogAborted(reason.Message);
        Pace.Failed();
        bool isRefused = !reason.Abortable && !reason.Retriable;
        refusals = isRefused ? refusals + 1 : refusals;
        if (refusals == RefusalsToGiveUp)
        {
            throw new InvalidOperationException(
                $"What was produced is refused, {refusals} times so far: {reason.Message}", reason);
        }

        (phase, mayBeCommitted) = (phase == Phase.Idle ? Phase.Idle : Phase.Aborting, false);
        kept.Rewind();
    }

    /// <summary>After an abort that a commit had gone before: finds out whether it took effect all the same.</summary>
    /// <remarks>One task whose offset the commit moved tells for all. Where it moved none it held nothing but series, and a
    /// marker that must not go back: nobody can tell, so these tasks are opened anew.</remarks>
    private Phase Look()
    {
        for (int i = 0; i < Parts.Count; i++)
        {
            if (Places[i].Offset != Parts[i].CommittedOffset)
            {
                PartitionOffset? found = port.Committed([Places[i].Partition], Timeout)[0];
                return found?.Offset == Places[i].Offset ? End() : Forget();
            }
        }

        Tasks.Reopen([.. Parts.Select(task => task.Partition)]);
        return Forget();
    }

    private Phase End()
    {
        Done();
        Instruments.TransactionEnded("committed");
        kept.Clear();
        (isDone, refusals) = (true, 0);
        return Phase.Idle;
    }

    private Phase Forget()
    {
        Instruments.TransactionEnded("aborted");
        kept.Rewind();
        return Phase.Idle;
    }

    [LoggerMessage(162, LogLevel.Warning, "The transaction is aborted, and its outputs sent again: {Reason}")]
    private partial void LogAborted(string reason);

    [LoggerMessage(165, LogLevel.Error, "The partitions are opened again from what is committed: {Reason}")]
    private partial void LogReopened(string reason);

    [LoggerMessage(163, LogLevel.Warning, "Waiting to bring the transaction to its end: {Reason}")]
    private partial void LogLater(string reason);
}
