using Confluent.Kafka;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Serving;

namespace Streaming.Daemon.Pipeline;

/// <summary>Has one record in hand alone: says so before by a commit, and after it that it is done.</summary>
/// <remarks>
/// One record in the whole process at a time, so that whatever ends it while the group is told "taking" was not another
/// lane's careful record. Lane's thread only.
/// </remarks>
/// <param name="committer">The lane's; all that was taken before must be published.</param>
/// <param name="tasks">The lane's.</param>
/// <param name="turn">Held while a record is in hand; the process's one.</param>
/// <param name="health">Told that the lane lives while it waits for its turn.</param>
/// <param name="abandon">Ends that waiting once the host has run out of patience at a stop.</param>
internal sealed class Caution<TTask>(
    Committer<TTask> committer, PartitionTable<TTask> tasks, Lock turn, LaneHealth health, CancellationToken abandon)
    where TTask : class, IPartitionTask
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private TTask? task;
    private long offset;

    /// <summary>Takes a record in hand, the next of its task.</summary>
    /// <exception cref="OperationCanceledException">Abandoned.</exception>
    /// <exception cref="KafkaPortException">Something produced before was lost.</exception>
    public void Begin(TTask task, long offset)
    {
        (this.task, this.offset) = (task, offset);
        PickUp();
    }

    /// <summary>The record is done and its forecasts are produced.</summary>
    /// <exception cref="KafkaPortException">They were lost.</exception>
    public void Finish()
    {
        PutDown();
        task = null;
    }

    /// <summary>The record is not done, and not to blame for that: takes back that it is in hand, where Kafka
    /// lets us.</summary>
    public void Withdraw()
    {
        if (task is not null)
        {
            committer.Withdraw(task);
        }
    }

    /// <summary>Lets go, done or not; what was committed stands.</summary>
    public void Release()
    {
        if (task is not null)
        {
            task.Reading.Probation.InHand = null;
            task = null;
        }

        if (turn.IsHeldByCurrentThread)
        {
            turn.Exit();
        }
    }

    /// <summary>Waits for something outside in the middle of a record: that takes long, and is not the record's
    /// fault.</summary>
    public void Aside(Action wait)
    {
        if (task is null)
        {
            wait();
            return;
        }

        PutDown();
        wait();
        PickUp();
    }

    private void PickUp()
    {
        while (!turn.TryEnter(Beat))
        {
            abandon.ThrowIfCancellationRequested();
            health.Beat();
        }

        task!.Reading.Probation.InHand = offset;
        committer.CommitNow();
        RequireTask();
    }

    /// <remarks>What the group was told must not stand: an end that comes later would be blamed on this
    /// record.</remarks>
    private void PutDown()
    {
        task!.Reading.Probation.InHand = null;
        while (!committer.CommitNow())
        {
            abandon.ThrowIfCancellationRequested();
        }

        turn.Exit();
        RequireTask();
    }

    /// <summary>A commit may find that nobody can tell what became of it, and open the task again: then the record is not
    /// this one's any more.</summary>
    private void RequireTask()
    {
        if (!tasks.Contains(task!.Partition) || tasks[task.Partition] != task)
        {
            throw new KafkaPortException(
                ErrorCode.Local_State, $"Partition {task.Partition} was opened again within a record.", abortable: true);
        }
    }
}
