using System.Runtime.InteropServices;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Tuning;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Pipeline;

/// <summary>Commits for a lane: forecasts acknowledged first, then offsets, then a newer version is adopted.</summary>
/// <remarks>
/// At least once. While Kafka is slow or away the same commit is tried again later. Once anything produced was lost,
/// all tasks are dropped and read again from their committed offsets; after some losses in a row with no commit
/// between, the lane gives up with the reason.
/// </remarks>
internal sealed partial class Committer(
    IKafkaPort port, TaskTable tasks, LiveScores scores, VersionFeed versions, SampleTap? samples,
    LaneInstruments instruments, ILogger logger)
{
    private const int MaxLossesInARow = 3;
    private const int LastTries = 3;

    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(5);

    private readonly List<PartitionOffset> offsets = [];
    private int lossesInARow;

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

    /// <summary>Commits before partitions leave. What can't be committed is done again by the next owner: twice, never
    /// lost.</summary>
    public void CommitLast()
    {
        try
        {
            for (int tries = 0; tries < LastTries && !TryCommit(); tries++)
            {
                instruments.Health.Beat();
            }
        }
        catch (KafkaPortException e) when (!e.Fatal)
        {
            LogLoss(e.Message);
        }
    }

    /// <summary>Reads all partitions again after a loss.</summary>
    /// <exception cref="InvalidOperationException">The last commits all ended so.</exception>
    public void Reopen(KafkaPortException loss)
    {
        instruments.CommitFailed();
        if (++lossesInARow > MaxLossesInARow)
        {
            throw new InvalidOperationException(
                $"Forecasts were lost {lossesInARow} times in a row with no commit between: {loss.Message}", loss);
        }

        LogLoss(loss.Message);
        tasks.Reopen();
    }

    /// <returns>False where nothing is lost but Kafka is slow or away.</returns>
    /// <exception cref="KafkaPortException">Something produced was lost, or the partitions are held no more.</exception>
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
            offsets.AddRange(tasks.All.Where(t => t.IsDirty).Select(t => new PartitionOffset(t.Partition, t.NextOffset)));
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

    private void Committed()
    {
        lossesInARow = 0;
        ModelVersion newest = versions.Newest;
        foreach (PartitionTask task in tasks.All)
        {
            if (task.IsDirty)
            {
                task.Committed();
            }

            if (task.Version.Id != newest.Id)
            {
                task.Adopt(newest);
                LogAdopted(task.Partition, newest.Name, task.NextOffset);
            }
        }

        samples?.Expect(tasks.All.Sum(t => (long)t.Series.Count) * instruments.Lanes);
        instruments.Committed(tasks.All, port.LogEnd, scores, newest);
    }

    [LoggerMessage(130, LogLevel.Information, "Partition {Partition} adopts {Version} from offset {Offset}")]
    private partial void LogAdopted(int partition, string version, long offset);

    [LoggerMessage(131, LogLevel.Warning,
        "Forecasts were not acknowledged within {Seconds} s; nothing is committed until they are")]
    private partial void LogSlowFlush(double seconds);

    [LoggerMessage(132, LogLevel.Warning, "The commit will be tried again: {Reason}")]
    private partial void LogCommitLater(string reason);

    [LoggerMessage(134, LogLevel.Error,
        "Something produced was lost, so the partitions are read again from their committed offsets: {Reason}")]
    private partial void LogLoss(string reason);
}
