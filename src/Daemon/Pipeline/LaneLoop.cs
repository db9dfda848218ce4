using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Pipeline;

/// <summary>The loop of a lane, whatever it does with records: gather, work, commit at the interval.</summary>
/// <remarks>
/// Rebalance callbacks run inside Poll, on this thread, so there are no locks. What is delivered how is the
/// <see cref="Committer{TTask}"/>'s; tasks that were lost are opened again as a new owner would.
/// </remarks>
/// <param name="input">What is read.</param>
/// <param name="options">The configuration.</param>
/// <param name="port">The lane's Kafka.</param>
/// <param name="batch">Filled at each turn.</param>
/// <param name="tasks">The lane's tasks.</param>
/// <param name="committer">Commits them.</param>
/// <param name="work">What the lane does.</param>
/// <param name="instruments">Told how it goes.</param>
/// <param name="clock">Tells when a commit is due.</param>
/// <param name="logger">Told of partitions that were lost.</param>
/// <param name="abandon">Whether the host has run out of patience at a stop.</param>
internal sealed partial class LaneLoop<TTask>(
    LaneInput input, ForecasterOptions options, IKafkaPort port, RecordBatch batch, PartitionTable<TTask> tasks,
    Committer<TTask> committer, LaneWork work, ReadingInstruments instruments, TimeProvider clock, ILogger logger,
    CancellationToken abandon)
    : IPartitionListener
    where TTask : class, IPartitionTask
{
    /// <summary>A lane that gets no partition hears nothing from its group: after so long it counts as
    /// joined.</summary>
    private static readonly TimeSpan JoinPatience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan InitTimeout = TimeSpan.FromSeconds(5);

    /// <summary>How long a stop goes on storing what is young.</summary>
    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(10);

    /// <summary>Records of a turn some of which are taken alone. Each may wait for one record of every other lane of the
    /// process, and takes two commits: with n lanes of either kind together, a turn is 32·n commits. At 32 lanes it
    /// keeps below the 300 s that a group waits between two polls while a commit takes less than 0.29 s.</summary>
    private const int FewRecords = 16;

    /// <summary>A commit comes no sooner than after so many times what the last one took.</summary>
    private const int CommitTimes = 20;

    private readonly long start = clock.GetTimestamp();
    private long lastCommit = clock.GetTimestamp();
    private TimeSpan lastCommitTook;
    private bool isReady; // to join: the transactional id is ours
    private bool isSubscribed;
    private bool hasJoined;

    /// <summary>Runs until told to stop, then stores and commits what is done and leaves the group.</summary>
    /// <param name="stopping">Ends it.</param>
    public void Run(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested && Turn())
        {
        }

        Stop();
    }

    /// <summary>One turn: polls, works, commits where that is due.</summary>
    /// <returns>False where the lane was told to stop within a record that waits: it is left to the next owner.</returns>
    public bool Turn()
    {
        work.Answer();
        if (!TryJoin() || !committer.TrySettle())
        {
            return true;
        }

        batch.Limit = IsNearAlone() ? Math.Min(FewRecords, batch.Capacity) : batch.Capacity;
        port.Poll(batch, tasks.Opening.Count > 0 ? TimeSpan.Zero : options.Pipeline.GatherWait);
        bool mayBeJoined = hasJoined || clock.GetElapsedTime(start) > JoinPatience;
        instruments.Turn(port.Trouble, mayBeJoined, tasks.All, tasks.Opening);
        if (committer.Recover())
        {
            return true;
        }

        try
        {
            work.Process();
            Open();
        }
        catch (KafkaPortException e) when (!e.Fatal)
        {
            committer.Reopen(e);
            return true;
        }
        catch (OperationCanceledException) when (!abandon.IsCancellationRequested)
        {
            return false;
        }

        Commit(isFull: committer.SendOutputs());
        return true;
    }

    /// <summary>Stores and commits what is done, so far as that gets in ten seconds, and leaves the group.</summary>
    public void Stop()
    {
        long begun = clock.GetTimestamp();
        while (tasks.All.Any(task => task.HasToStore(long.MaxValue / 2, isDraining: true))
            && !abandon.IsCancellationRequested && clock.GetElapsedTime(begun) < DrainPatience)
        {
            if (!committer.TrySettle() || !Drain())
            {
                break;
            }
        }

        port.Close(); // Revoked is called in here: the last commit
    }

    public void Assigned(ReadOnlySpan<int> partitions, Span<long> starts)
    {
        instruments.Rebalanced("assigned");
        hasJoined = true;
        tasks.Open(partitions, starts);
    }

    public void Revoked(ReadOnlySpan<int> partitions)
    {
        instruments.Rebalanced("revoked");
        foreach (int partition in partitions)
        {
            if (tasks.Contains(partition))
            {
                tasks[partition].Reading.Leave();
            }
        }

        committer.CommitLast();
        Drop(partitions);
    }

    public void Lost(ReadOnlySpan<int> partitions)
    {
        instruments.Rebalanced("lost");
        LogLost(partitions.Length, input.Topic);
        Drop(partitions);
    }

    /// <summary>First the transactional id, so that what an earlier process left open is aborted; then the
    /// group.</summary>
    private bool TryJoin()
    {
        try
        {
            if (!isReady && options.State.Delivery == DeliveryMode.ExactlyOnce)
            {
                port.InitTransactions(InitTimeout);
            }

            isReady = true;
        }
        catch (KafkaPortException e) when (e.Retriable)
        {
            instruments.Health.Waiting(e.Message);
            return false;
        }

        if (!isSubscribed)
        {
            isSubscribed = true;
            port.Subscribe(input.Topic, this);
        }

        return true;
    }

    /// <summary>Goes on with the partitions that are being opened. Of those whose tasks begin it tells the group that they
    /// are being read before they are: a later owner then knows how it ended.</summary>
    private void Open()
    {
        if (tasks.Opening.Count == 0)
        {
            return;
        }

        work.Restore();
        if (tasks.Turn())
        {
            committer.CommitNow();
        }
    }

    private void Commit(bool isFull)
    {
        TimeSpan interval = options.Pipeline.CommitInterval;
        TimeSpan least = lastCommitTook * CommitTimes < options.Kafka.TransactionTimeout / 2
            ? lastCommitTook * CommitTimes
            : options.Kafka.TransactionTimeout / 2;
        if (!isFull && clock.GetElapsedTime(lastCommit) < (interval > least ? interval : least))
        {
            return;
        }

        long begun = clock.GetTimestamp();
        committer.Commit();
        lastCommitTook = clock.GetElapsedTime(begun);
        work.Report();
        lastCommit = clock.GetTimestamp();
    }

    private bool Drain()
    {
        try
        {
            return committer.CommitNow(isDraining: true);
        }
        catch (KafkaPortException e) when (!e.Fatal)
        {
            LogDrainFailed(e.Message);
            return false;
        }
    }

    private bool IsNearAlone()
    {
        foreach (TTask task in tasks.All)
        {
            if (!task.Reading.IsStopped && task.Reading.Probation.IsNearAlone(task.NextOffset))
            {
                return true;
            }
        }

        return false;
    }

    private void Drop(ReadOnlySpan<int> partitions)
    {
        foreach (int partition in partitions)
        {
            committer.Drop(partition);
            tasks.Close(partition);
        }
    }

    [LoggerMessage(133, LogLevel.Warning,
        "{Count} partitions of '{Topic}' were lost to another member; they restore there")]
    private partial void LogLost(int count, string topic);

    [LoggerMessage(164, LogLevel.Warning,
        "What is young could not be stored at the stop, and is made again by the next owner: {Reason}")]
    private partial void LogDrainFailed(string reason);
}
