using System.Runtime.InteropServices;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Pipeline;

/// <summary>Commits for a lane: what was produced is acknowledged first, then offsets are committed.</summary>
/// <remarks>
/// At least once. While Kafka is slow or away the same commit is tried again later. Once anything produced was lost,
/// all tasks are dropped and read again from their committed offsets. Where losses come again before what was lost is
/// made good, the lane gives up with the reason.
/// </remarks>
/// <param name="port">The lane's Kafka.</param>
/// <param name="tasks">The lane's tasks.</param>
/// <param name="instruments">Told how it goes.</param>
/// <param name="committed">Called once all tasks are committed.</param>
/// <param name="logger">Told what went wrong.</param>
internal sealed partial class Committer<TTask>(
    IKafkaPort port, PartitionTable<TTask> tasks, ReadingInstruments instruments, Action committed, ILogger logger)
    where TTask : class, IPartitionTask
{
    private const int LossesToGiveUp = 3;
    private const int LastTries = 3;

    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(5);

    private readonly List<PartitionOffset> offsets = [];
    private readonly Dictionary<int, long> owed = []; // what partitions had reached when something was lost
    private int lossesInARow;
    private KafkaPortException? lossAtRevoke;

    /// <summary>Commits all that is done.</summary>
    public void Commit()
    {
        try
        {
            TryCommit();
        }
        catch (KafkaPortException e) when (!e.Fatal)
        {
            Reopen(e);
        }
    }

    /// <summary>Commits all that is done, with a few tries: what is to follow wants to have that said first.</summary>
    /// <returns>False where Kafka is slow or away; it is said at a later commit then.</returns>
    /// <exception cref="KafkaPortException">As for <see cref="TryCommit"/>.</exception>
    public bool CommitNow()
    {
        bool done = false;
        for (int tries = 0; tries < LastTries && !done; tries++)
        {
            done = TryCommit();
            instruments.Health.Beat();
        }

        return done;
    }

    /// <summary>Commits again what was committed of a task last, but that it has a record in hand; with a few
    /// tries.</summary>
    public void Withdraw(TTask task)
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
                instruments.Health.Beat();
            }
        }
    }

    /// <summary>Commits before partitions leave. What can't be committed is done again by the next owner: twice, never
    /// lost. A loss may as well concern partitions that stay: see <see cref="Recover"/>.</summary>
    public void CommitLast()
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

        foreach (TTask task in tasks.All.Where(task => task.IsDirty))
        {
            LogLeftUncommitted(task.Partition, task.CommittedOffset, task.CommitOffset);
        }
    }

    /// <summary>After a rebalance: reads the partitions that stayed again, if the last commit found something
    /// lost.</summary>
    /// <returns>Whether it did; records polled before that are void.</returns>
    /// <exception cref="InvalidOperationException">As for <see cref="Reopen"/>.</exception>
    public bool Recover()
    {
        KafkaPortException? loss = lossAtRevoke;
        lossAtRevoke = null;
        if (loss is null || tasks.All.Count == 0)
        {
            return false;
        }

        Reopen(loss);
        return true;
    }

    /// <summary>Reads all partitions again after a loss.</summary>
    /// <exception cref="InvalidOperationException">It is the third loss before the first was made good.</exception>
    public void Reopen(KafkaPortException loss)
    {
        instruments.CommitFailed();
        if (++lossesInARow == LossesToGiveUp)
        {
            throw new InvalidOperationException(
                $"Something produced was lost {lossesInARow} times before the same records could be committed: "
                + loss.Message, loss);
        }

        foreach (TTask task in tasks.All.Where(task => !task.Reading.IsStopped))
        {
            owed[task.Partition] = Math.Max(owed.GetValueOrDefault(task.Partition), task.CommitOffset);
        }

        LogLoss(loss.Message);
        instruments.Lost();
        tasks.Reopen();
    }

    /// <returns>False where nothing is lost but Kafka is slow or away.</returns>
    /// <exception cref="KafkaPortException">Something produced was lost, or the partitions are held no
    /// more.</exception>
    private bool TryCommit()
    {
        try
        {
            if (!port.Flush(FlushTimeout))
            {
                instruments.CommitFailed();
                LogSlowFlush(FlushTimeout.TotalSeconds);
                return false;
            }

            offsets.Clear();
            offsets.AddRange(tasks.All.Select(task => task.NextCommit).Where(IsNews));
            if (offsets.Count > 0)
            {
                port.Commit(CollectionsMarshal.AsSpan(offsets));
            }
        }
        catch (KafkaPortException e) when (e.Retriable)
        {
            instruments.CommitFailed();
            LogCommitLater(e.Message);
            return false;
        }

        Committed();
        return true;
    }

    private bool IsNews(PartitionOffset place) => tasks[place.Partition].Reading.IsNews(place);

    private void Committed()
    {
        foreach (PartitionOffset place in offsets)
        {
            tasks[place.Partition].Committed();
        }

        Settle();
        committed();
    }

    /// <summary>Forgets the losses once all that they set back is committed, or held no more.</summary>
    private void Settle()
    {
        foreach ((int partition, long offset) in owed)
        {
            if (!tasks.Contains(partition) || tasks[partition].CommittedOffset >= offset)
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
        "Something produced was lost, so the partitions are read again from their committed offsets: {Reason}")]
    private partial void LogLoss(string reason);
}
