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
internal sealed partial class LaneLoop<TTask>(
    LaneInput input, PipelineOptions options, IKafkaPort port, RecordBatch batch, PartitionTable<TTask> tasks,
    Committer<TTask> committer, ReadingInstruments instruments, TimeProvider clock, ILogger logger)
    : IPartitionListener
    where TTask : class, IPartitionTask
{
    /// <summary>A lane that gets no partition hears nothing from its group: after so long it counts as joined.</summary>
    private static readonly TimeSpan JoinPatience = TimeSpan.FromSeconds(10);

    private bool hasJoined;

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
            port.Poll(batch, options.GatherWait);
            instruments.Turn(port.Trouble, hasJoined || clock.GetElapsedTime(start) > JoinPatience, tasks.All);
            if (committer.Recover())
            {
                continue;
            }

            try
            {
                process();
            }
            catch (KafkaPortException e) when (!e.Fatal)
            {
                committer.Reopen(e);
                continue;
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
        hasJoined = true;
        tasks.Open(partitions, starts);
    }

    public void Revoked(ReadOnlySpan<int> partitions)
    {
        instruments.Rebalanced("revoked");
        committer.CommitLast();
        Drop(partitions);
    }

    public void Lost(ReadOnlySpan<int> partitions)
    {
        instruments.Rebalanced("lost");
        LogLost(partitions.Length, input.Topic);
        Drop(partitions);
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
