using System.Buffers.Binary;
using Simulation.Schedules;
using Streaming.Daemon.Kafka;

namespace Simulation.Toy;

/// <summary>One task's part of one commit: a slice of states, deaths, the marker, the offset.</summary>
/// <remarks>Nothing of the task changes before <see cref="Done"/>: a checkpoint that is not committed is forgotten, and
/// the next one decides anew. So every adoption that an output depends on stands in a committed marker.</remarks>
internal sealed class ToyCheckpoint
{
    /// <summary>States a commit writes at most.</summary>
    private const int SliceStates = 3;

    /// <summary>Records after which a state is written.</summary>
    private const long CheckpointRecords = 12;

    private readonly ToyTask task;
    private readonly ToyBugs bugs;
    private readonly int slice;
    private readonly long lowWater;
    private readonly ToySnapshot snapshot;
    private readonly Adoption? adoption;
    private readonly int firstAdoption;

    /// <param name="task">A live task.</param>
    /// <param name="newestVersion">To adopt, if the task has not.</param>
    /// <param name="isDraining">Writes states however young they are, as many as there are.</param>
    /// <param name="isIdle">Writes states however young they are.</param>
    /// <param name="bugs">Mistakes.</param>
    public ToyCheckpoint(ToyTask task, int newestVersion, bool isDraining, bool isIdle, ToyBugs bugs)
    {
        (this.task, this.bugs) = (task, bugs);
        (OldOffset, Offset) = (task.CommittedOffset, task.NextOffset);
        slice = SliceOf(task, isDraining, isIdle);
        (lowWater, snapshot) = slice == task.Dirty.Count
            ? (Offset, task.Snapshot)
            : task.Points.RoundDown(task.Dirty.OffsetAt(slice));
        bool adopts = newestVersion > task.Timeline.Newest && Offset > OldOffset;
        adoption = adopts ? new Adoption(Offset, task.Snapshot.StreamTime, newestVersion) : null;
        firstAdoption = task.Timeline.FirstNeeded(lowWater, snapshot.StreamTime);
        if (bugs.HasFlag(ToyBugs.CommittedOneTooHigh))
        {
            Offset++;
        }
    }

    public int Partition => task.Partition;

    /// <summary>Next offset of the task: what it commits.</summary>
    public long Offset { get; }

    /// <summary>What was committed before.</summary>
    public long OldOffset { get; }

    /// <summary>Whether a version is adopted.</summary>
    public bool Adopts => adoption is not null;

    /// <summary>Produces states, deaths and marker into the open transaction.</summary>
    public void Write(IKafkaPort port, ProduceTarget state)
    {
        int partition = bugs.HasFlag(ToyBugs.StateByKeyHash) ? -1 : Partition;
        Span<byte> key = stackalloc byte[ToyLife.KeyBytes], value = stackalloc byte[1_024];
        for (int i = 0; i < slice; i++)
        {
            int id = task.Dirty.SeriesAt(i);
            key[0] = (byte)'s';
            BinaryPrimitives.WriteInt32LittleEndian(key[1..], id);
            ToySeries? series = task.Find(id);
            ToyOutbox.Send(port, state, partition, key[..5], series is null ? default : series.Write(value));
        }

        bool hasDeath = !bugs.HasFlag(ToyBugs.OneDeathRecordPerSeries);
        foreach (ToyLife life in task.NewDeaths)
        {
            if (IsWritten(life))
            {
                ToyOutbox.Send(port, state, Partition, life.Key(key, hasDeath), life.Value(value));
            }
        }

        foreach (ToyLife life in task.WrittenDeaths)
        {
            if (life.Died < lowWater)
            {
                ToyOutbox.Send(port, state, Partition, life.Key(key, hasDeath), default);
            }
        }

        ToyOutbox.Send(port, state, Partition, ToyMarker.Key, Marker().Write(value));
    }

    /// <summary>The commit is done.</summary>
    public void Done()
    {
        for (int i = 0; i < slice; i++)
        {
            if (task.Find(task.Dirty.SeriesAt(i)) is { } series)
            {
                series.WasWritten = true;
            }
        }

        task.WrittenDeaths.RemoveAll(life => life.Died < lowWater);
        task.WrittenDeaths.AddRange(task.NewDeaths.Where(IsWritten));
        task.NewDeaths.RemoveAll(IsInSlice);
        task.Dirty.Remove(slice);
        task.Points.Add(Offset, task.Snapshot);
        task.Points.ForgetBefore(lowWater);
        task.Timeline.Forget(firstAdoption);
        if (adoption is { } decided)
        {
            task.Timeline.Add(decided);
        }

        task.CommittedOffset = Offset;
    }

    private static int SliceOf(ToyTask task, bool isDraining, bool isIdle)
    {
        int slice = 0;
        int most = isDraining ? task.Dirty.Count : Math.Min(SliceStates, task.Dirty.Count);
        while (slice < most
            && (isDraining || isIdle || task.Dirty.OffsetAt(slice) <= task.NextOffset - CheckpointRecords))
        {
            slice++;
        }

        return slice;
    }

    private ToyMarker Marker()
    {
        IEnumerable<Adoption> timeline = task.Timeline.Entries.Skip(firstAdoption);
        timeline = adoption is { } decided ? timeline.Append(decided) : timeline;
        timeline = bugs.HasFlag(ToyBugs.TimelinePrunedToNewest) ? timeline.TakeLast(1) : timeline;
        return new(
            lowWater + (bugs.HasFlag(ToyBugs.LowWaterOneTooHigh) ? 1 : 0), Offset,
            bugs.HasFlag(ToyBugs.SnapshotOfNow) ? task.Snapshot : snapshot, [.. timeline]);
    }

    private bool IsWritten(ToyLife life) => IsInSlice(life) && life.Died >= lowWater;

    private bool IsInSlice(ToyLife life)
    {
        for (int i = 0; i < slice; i++)
        {
            if (task.Dirty.SeriesAt(i) == life.Series)
            {
                return true;
            }
        }

        return false;
    }
}
