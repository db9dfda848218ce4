using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Pipeline;

/// <summary>Commits at least once: outputs are acknowledged first, then what is stored, then markers, then offsets are
/// committed.</summary>
/// <remarks>
/// While Kafka is slow or away the same commit is tried again later. Once anything produced was lost, all tasks are
/// dropped and opened again. Where losses come again before what was lost is made good, the lane gives up with the
/// reason.
/// </remarks>
internal sealed partial class PlainCommitter<TTask>(
    IKafkaPort port, PartitionTable<TTask> tasks, ReadingInstruments instruments, Action committed, TimeProvider clock,
    StorePace pace, ILogger logger)
    : Committer<TTask>(tasks, instruments, committed, clock, pace)
    where TTask : class, IPartitionTask
{
    private const int LossesToGiveUp = 3;

    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(5);

    private readonly Dictionary<int, long> owed = []; // what partitions had reached when something was lost
    private int lossesInARow;
    private KafkaPortException? lossAtRevoke;

    public override bool TrySettle() => true;

    public override bool SendOutputs() => false;

    public override void Commit()
    {
        try
        {
            TryCommit(isDraining: false);
        }
        catch (KafkaPortException e) when (!e.Fatal)
        {
            Reopen(e);
        }
    }

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
        if (task.Reading.Said is not { Attempt: { IsTaking: true } attempt } said)
        {
            return;
        }

        for (int tries = 0; tries < LastTries; tries++)
        {
            try
            {
                port.Commit([said with { Attempt = attempt with { IsTaking = false } }]);
                return;
            }
            catch (KafkaPortException e)
            {
                LogCommitLater(e.Message);
                Instruments.Health.Beat();
            }
        }
    }

    /// <remarks>What can't be committed is done again by the next owner: twice, never lost. A loss may as well concern
    /// partitions that stay: see <see cref="Recover"/>.</remarks>
    public override void CommitLast()
    {
        try
        {
            CommitNow();
        }
        catch (KafkaPortException e) when (!e.Fatal)
        {
            LogLoss(e.Message);
            lossAtRevoke = e;
        }

        foreach (TTask task in Tasks.All.Where(task => task.IsDirty))
        {
            LogLeftUncommitted(task.Partition, task.CommittedOffset, task.CommitOffset);
        }
    }

    public override bool Recover()
    {
        KafkaPortException? loss = lossAtRevoke;
        lossAtRevoke = null;
        if (loss is null || Tasks.All.Length == 0)
        {
            return false;
        }

        Reopen(loss);
        return true;
    }

    public override void Reopen(KafkaPortException loss)
    {
        Instruments.CommitFailed();
        if (++lossesInARow == LossesToGiveUp)
        {
            throw new InvalidOperationException(
                $"Something produced was lost {lossesInARow} times before the same records could be committed: "
                + loss.Message, loss);
        }

        foreach (TTask task in Tasks.All.Where(task => !task.Reading.IsStopped))
        {
            owed[task.Partition] = Math.Max(owed.GetValueOrDefault(task.Partition), task.CommitOffset);
        }

        LogLoss(loss.Message);
        Instruments.Lost();
        Tasks.Reopen([.. Tasks.All.Select(task => task.Partition)]);
    }

    public override void Drop(int partition)
    {
    }

    /// <returns>False where nothing is lost but Kafka is slow or away.</returns>
    /// <exception cref="KafkaPortException">Something produced was lost, or the partitions are held no
    /// more.</exception>
    private bool TryCommit(bool isDraining)
    {
        try
        {
            Prepare(isDraining);
            if (!TryStore(isDraining))
            {
                Instruments.CommitFailed();
                LogSlowFlush(FlushTimeout.TotalSeconds);
                return false;
            }

            if (Places.Length > 0)
            {
                port.Commit(Places);
            }
        }
        catch (KafkaPortException e) when (e.Retriable)
        {
            Instruments.CommitFailed();
            LogCommitLater(e.Message);
            return false;
        }

        Done();
        Settle();
        return true;
    }

    /// <summary>Outputs, then series, then markers, each acknowledged before the next: a series may be stored as of later
    /// than its marker, never a marker without its series, or either without its forecasts.</summary>
    private bool TryStore(bool isDraining)
    {
        if (!port.Flush(FlushTimeout))
        {
            return false;
        }

        Store(isDraining, left: TimeSpan.MaxValue);
        if (!port.Flush(FlushTimeout))
        {
            Pace.Failed();
            return false;
        }

        foreach (TTask task in Parts)
        {
            task.Mark();
        }

        return port.Flush(FlushTimeout);
    }

    /// <summary>Forgets the losses once all that they set back is committed, or held no more.</summary>
    private void Settle()
    {
        foreach ((int partition, long offset) in owed)
        {
            bool isHeld = Tasks.Contains(partition) || Tasks.Opening.Contains(partition);
            if (!isHeld || (Tasks.Contains(partition) && Tasks[partition].CommittedOffset >= offset))
            {
                owed.Remove(partition);
            }
        }

        lossesInARow = owed.Count == 0 ? 0 : lossesInARow;
    }

    [LoggerMessage(131, LogLevel.Warning,
        "What was produced is not acknowledged within {Seconds} s; nothing is committed until it is")]
    private partial void LogSlowFlush(double seconds);

    [LoggerMessage(135, LogLevel.Warning,
        "Partition {Partition} leaves with offsets {From} to {To} uncommitted: what came of them is published again")]
    private partial void LogLeftUncommitted(int partition, long from, long to);

    [LoggerMessage(132, LogLevel.Warning, "The commit will be tried again: {Reason}")]
    private partial void LogCommitLater(string reason);

    [LoggerMessage(134, LogLevel.Error,
        "Something produced was lost, so the partitions are opened again from what is committed: {Reason}")]
    private partial void LogLoss(string reason);
}
