using Streaming.Daemon.Configuration;
using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Pipeline;

/// <summary>The loop of a lane, whatever it does with records: gather, work, commit at the interval.</summary>
/// <remarks>
/// Rebalance callbacks run inside Poll, on this thread, so there are no locks. Delivery is at least once: offsets are
/// committed after what came of their records was acknowledged; when anything was lost, all tasks are read again from
/// the committed offsets.
/// </remarks>
/// <param name="input">What is read.</param>
/// <param name="options">Waits and intervals.</param>
/// <param name="port">The lane's Kafka.</param>
/// <param name="batch">Filled at each turn.</param>
/// <param name="tasks">The lane's tasks.</param>
/// <param name="committer">Commits them.</param>
/// <param name="instruments">Told how it goes.</param>
/// <param name="clock">Tells when a commit is due.</param>
/// <param name="logger">Told of partitions that were lost.</param>
/// <param name="abandon">Whether the host has run out of patience at a stop.</param>
internal sealed partial class LaneLoop<TTask>(
    LaneInput input, PipelineOptions options, IKafkaPort port, RecordBatch batch, PartitionTable<TTask> tasks,
    Committer<TTask> committer, ReadingInstruments instruments, TimeProvider clock, ILogger logger,
    CancellationToken abandon)
    : IPartitionListener
    where TTask : class, IPartitionTask
{
    /// <summary>A lane that gets no partition hears nothing from its group: after so long it counts as
    /// joined.</summary>
    private static readonly TimeSpan JoinPatience = TimeSpan.FromSeconds(10);

    /// <summary>Records of a turn some of which are taken alone. Each may wait for one record of every other lane of the
    /// process, and takes two commits: with n lanes of either kind together, a turn is 32·n commits. At 32 lanes it
    /// keeps below the 300 s that a group waits between two polls while a commit takes less than 0.29 s.</summary>
    private const int FewRecords = 16;

    private bool hasJoined;
    private bool hasCome; // partitions, or the same again, since the last commit

    /// <summary>Runs until told to stop, then commits what is done and leaves the group.</summary>
    /// <param name="process">Processes the batch.</param>
    /// <param name="report">Called after each commit, also after one that failed.</param>
    /// <param name="stopping">Ends it.</param>
    public void Run(Action process, Action report, CancellationToken stopping)
    {
        port.Subscribe(input.Topic, this);
        long start = clock.GetTimestamp(), lastCommit = start;
        while (!stopping.IsCancellationRequested)
        {
            batch.Limit = IsNearAlone() ? Math.Min(FewRecords, batch.Capacity) : batch.Capacity;
            port.Poll(batch, options.GatherWait);
            instruments.Turn(port.Trouble, hasJoined || clock.GetElapsedTime(start) > JoinPatience, tasks.All);
            if (committer.Recover())
            {
                continue;
            }

            try
            {
                Claim();
                process();
            }
            catch (KafkaPortException e) when (!e.Fatal)
            {
                committer.Reopen(e);
                hasCome = true;
                continue;
            }
            catch (OperationCanceledException) when (!abandon.IsCancellationRequested)
            {
                break; // told to stop within a record that waits: it is left to the next owner
            }

            if (clock.GetElapsedTime(lastCommit) >= options.CommitInterval)
            {
                committer.Commit();
                report();
                lastCommit = clock.GetTimestamp();
            }
        }

        port.Close(); // Revoked is called in here: the last commit
    }

    public void Assigned(ReadOnlySpan<int> partitions, Span<long> starts)
    {
        instruments.Rebalanced("assigned");
        (hasJoined, hasCome) = (true, true);
        tasks.Open(partitions, starts);
    }

    public void Revoked(ReadOnlySpan<int> partitions)
    {
        instruments.Rebalanced("revoked");
        foreach (int partition in partitions)
        {
            tasks[partition].Reading.Leave();
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

    /// <summary>Tells the group that partitions are being read before they are: a later owner then knows how it
    /// ended.</summary>
    private void Claim()
    {
        if (hasCome)
        {
            hasCome = false;
            committer.CommitNow();
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
            tasks.Close(partition);
        }
    }

    [LoggerMessage(133, LogLevel.Warning,
        "{Count} partitions of '{Topic}' were lost to another member; they restore there")]
    private partial void LogLost(int count, string topic);
}
