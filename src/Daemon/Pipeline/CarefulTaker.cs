using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Pipeline;

/// <summary>Has the records of a batch taken with as much care as the <see cref="Probation"/> of their tasks asks, and
/// names the one that can't be.</summary>
/// <remarks>Lane's thread only.</remarks>
internal sealed partial class CarefulTaker<TTask>(
    LaneInput input, RecordBatch batch, PartitionTable<TTask> tasks, Committer<TTask> committer,
    Caution<TTask> caution, RecordWork<TTask> work, ILogger logger)
    where TTask : class, IPartitionTask
{
    /// <summary>Takes all records of the batch.</summary>
    /// <exception cref="KafkaPortException">Something produced was lost, or can't be produced.</exception>
    /// <exception cref="OperationCanceledException">Stopped within a record that waits; those before it are
    /// done.</exception>
    public void Take()
    {
        try
        {
            ReadOnlySpan<int> partitions = batch.Partitions;
            for (int i = 0; i < partitions.Length; i++)
            {
                if (tasks.Contains(partitions[i])) // else it is opened again, and read again
                {
                    Take(tasks[partitions[i]], i);
                }
            }
        }
        catch (OperationCanceledException)
        {
            work.Finish();
            throw;
        }
    }

    private void Take(TTask task, int record)
    {
        long offset = batch.Offsets[record];
        Reading reading = task.Reading;
        if (reading.IsStopped)
        {
            return; // fetched before the pause
        }

        if (reading.Skips.Contains(offset))
        {
            Skip(task, record);
            return;
        }

        Care care = reading.Probation.CareAt(offset);
        if (care == Care.Alone)
        {
            TakeAlone(task, record);
            return;
        }

        TakeNamed(task, record);
        if (care == Care.None)
        {
            return;
        }

        reading.Probation.Took(task.NextOffset);
        if (reading.Probation.IsCommitDue)
        {
            work.Finish();
            committer.CommitNow();
        }
    }

    private void TakeAlone(TTask task, int record)
    {
        work.Finish();
        try
        {
            caution.Begin(task, batch.Offsets[record]);
            TakeNamed(task, record);
            work.Finish();
            task.Reading.Probation.Took(task.NextOffset);
            caution.Finish();
        }
        catch (Exception e) when (e is KafkaPortException or OperationCanceledException)
        {
            caution.Withdraw(); // it is no fault of the record
            throw;
        }
        finally
        {
            caution.Release();
        }
    }

    private void TakeNamed(TTask task, int record)
    {
        try
        {
            work.Take(task, record);
        }
        catch (Exception e) when (e is not (KafkaPortException or OperationCanceledException or OutOfMemoryException))
        {
            LogBroke(input.Topic, task.Partition, batch.Offsets[record], e.Message);
            throw;
        }
    }

    private void Skip(TTask task, int record)
    {
        long offset = batch.Offsets[record];
        task.Reading.Skips.Add(offset);
        LogSkipped(input.Topic, task.Partition, offset);
        work.Skip(task, record);
        task.Done(offset);
    }

    [LoggerMessage(144, LogLevel.Warning,
        "Topic {Topic}, partition {Partition}: the record at offset {Offset} is skipped, as Input:Skip asks or asked")]
    private partial void LogSkipped(string topic, int partition, long offset);

    [LoggerMessage(139, LogLevel.Error,
        "Topic {Topic}, partition {Partition}: the record at offset {Offset} can't be taken, which is a fault of this "
        + "program, and ends it: {Reason}")]
    private partial void LogBroke(string topic, int partition, long offset, string reason);
}
