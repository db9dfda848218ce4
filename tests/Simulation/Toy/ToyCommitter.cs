using System.Runtime.InteropServices;
using Simulation.Schedules;
using Streaming.Daemon.Kafka;

namespace Simulation.Toy;

/// <summary>Commits for a lane: one transaction for outputs, states, markers and offsets of all its live
/// tasks.</summary>
/// <remarks>
/// <code>
/// Idle → Open (first output) → Committing → Idle           done
///          │                       ├ retriable: Committing unknown: the same call again, nothing else
///          │ abortable             └ abortable
///          └→ Aborting → Looking → Idle                    committed offset new: done; old: send again
/// </code>
/// A fatal error ends the process: what was committed is what the next one restores.
/// </remarks>
internal sealed class ToyCommitter(ToyLane lane, IKafkaPort port)
{
    private const int OffsetTries = 3;

    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(50);

    private readonly ProduceTarget state = port.Target(ToyTopics.State);
    private readonly List<ToyCheckpoint> checkpoints = []; // of the commit under way
    private readonly List<PartitionOffset> offsets = [];
    private Phase phase;
    private bool mayBeCommitted;
    private bool isDone;

    private enum Phase
    {
        Idle,
        Open,
        Committing,
        Aborting,
        Looking,
    }

    /// <summary>Sends outputs as they come, in a transaction that stays open until the commit.</summary>
    public void SendOutputs()
    {
        if (!lane.Outbox.HasUnsent || lane.Bugs.HasFlag(ToyBugs.CommitBeforeProduce))
        {
            return;
        }

        try
        {
            Open();
            lane.Outbox.SendRest();
        }
        catch (KafkaPortException e) when (e.Abortable)
        {
            (phase, mayBeCommitted) = (Phase.Aborting, false);
        }
    }

    /// <summary>Commits what is processed.</summary>
    /// <param name="isDraining">Writes all states, however young.</param>
    /// <param name="isIdle">There is no input: young states may go as well.</param>
    /// <returns>Whether nothing is left over: not, where Kafka refused or its answer is unknown.</returns>
    public bool TryCommit(bool isDraining, bool isIdle)
    {
        if (!TrySettle())
        {
            return false;
        }

        isDone = false;
        Prepare(isDraining, isIdle);
        if (checkpoints.Count == 0)
        {
            return true;
        }

        try
        {
            Write();
            (phase, mayBeCommitted) = (Phase.Committing, true);
        }
        catch (KafkaPortException e) when (e.Abortable || e.Retriable)
        {
            (phase, mayBeCommitted) = (Phase.Aborting, false);
        }

        return TrySettle() && isDone;
    }

    /// <summary>Brings what was begun to its end.</summary>
    /// <returns>False while it has none: nothing else may be done with the port then, not even a poll.</returns>
    public bool TrySettle()
    {
        try
        {
            if (phase == Phase.Committing)
            {
                Commit();
            }

            if (phase == Phase.Aborting)
            {
                port.AbortTransaction(Timeout);
                lane.Events.Note(RareEvent.Abort);
                phase = mayBeCommitted && !lane.Bugs.HasFlag(ToyBugs.AbortWithoutLooking) ? Phase.Looking : Forget();
            }

            if (phase == Phase.Looking)
            {
                phase = Look();
            }

            return true;
        }
        catch (KafkaPortException e) when (e.Retriable)
        {
            return false;
        }
    }

    /// <summary>Partitions are gone: drops what they put out since the last commit.</summary>
    /// <returns>False where the transaction that holds some of it could not be aborted yet.</returns>
    public void Drop(ReadOnlySpan<int> partitions)
    {
        if (lane.Bugs.HasFlag(ToyBugs.KeepsOutputsOfLeavers))
        {
            return;
        }

        foreach (int partition in partitions)
        {
            if (phase == Phase.Open && lane.Outbox.HasSent(partition))
            {
                (phase, mayBeCommitted) = (Phase.Aborting, false);
                lane.Outbox.Rewind();
            }

            lane.Outbox.Drop(partition);
        }
    }

    private void Prepare(bool isDraining, bool isIdle)
    {
        checkpoints.Clear();
        foreach (ToyTask task in lane.Tasks)
        {
            bool isLive = task.IsLive || lane.Bugs.HasFlag(ToyBugs.CommitsWhileReplaying);
            if (isLive && (task.NextOffset > task.CommittedOffset || task.Dirty.Count > 0))
            {
                checkpoints.Add(new(
                    task, lane.Adopts ? lane.Versions.Newest : 0, isDraining, isIdle, lane.Bugs));
            }
        }
    }

    /// <summary>Everything but the commit itself; the order among outputs, states and markers is free.</summary>
    private void Write()
    {
        Open();
        if (!lane.Bugs.HasFlag(ToyBugs.CommitBeforeProduce))
        {
            lane.Outbox.SendRest();
        }

        offsets.Clear();
        foreach (ToyCheckpoint checkpoint in checkpoints)
        {
            checkpoint.Write(port, state);
            offsets.Add(new(checkpoint.Partition, checkpoint.Offset));
        }

        if (offsets.Count > 1 && lane.Bugs.HasFlag(ToyBugs.TaskMissingFromOffsets))
        {
            offsets.RemoveAt(0);
        }

        SendOffsets();
    }

    private void SendOffsets()
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                port.SendOffsets(CollectionsMarshal.AsSpan(offsets), Timeout);
                return;
            }
            catch (KafkaPortException e) when (e.Retriable && tries < OffsetTries)
            {
                // The same call again.
            }
        }
    }

    private void Commit()
    {
        try
        {
            port.CommitTransaction(Timeout);
            phase = Done();
        }
        catch (KafkaPortException e) when (e.Abortable)
        {
            phase = Phase.Aborting;
        }
        catch (KafkaPortException e) when (e.Retriable && lane.Bugs.HasFlag(ToyBugs.AbortAfterUnknownCommit))
        {
            phase = Phase.Aborting;
        }
    }

    private void Open()
    {
        if (phase == Phase.Idle)
        {
            port.BeginTransaction();
            phase = Phase.Open;
        }
    }

    /// <summary>After an abort that a commit had gone before: finds out whether it took effect all the same.</summary>
    /// <remarks>One task whose offset the commit moved tells for all. Where it moved none it held nothing but states,
    /// and
    /// a marker that must not go back.</remarks>
    private Phase Look()
    {
        foreach (ToyCheckpoint checkpoint in checkpoints)
        {
            if (checkpoint.Offset > checkpoint.OldOffset)
            {
                PartitionOffset? committed = port.Committed([checkpoint.Partition], Timeout)[0];
                return committed?.Offset == checkpoint.Offset ? Done() : Forget();
            }
        }

        if (!lane.Bugs.HasFlag(ToyBugs.ForgetsIdleCommits))
        {
            lane.Reopen(checkpoints.Select(checkpoint => checkpoint.Partition));
        }

        return Forget();
    }

    private Phase Done()
    {
        foreach (ToyCheckpoint checkpoint in checkpoints)
        {
            checkpoint.Done();
            if (checkpoint.Adopts)
            {
                lane.Events.Note(RareEvent.Adoption);
            }
        }

        checkpoints.Clear();
        isDone = true;
        if (lane.Bugs.HasFlag(ToyBugs.CommitBeforeProduce))
        {
            port.BeginTransaction();
            lane.Outbox.SendRest();
            lane.Outbox.Clear();
            return Phase.Open;
        }

        lane.Outbox.Clear();
        return Phase.Idle;
    }

    private Phase Forget()
    {
        lane.Outbox.Rewind();
        return Phase.Idle;
    }
}
