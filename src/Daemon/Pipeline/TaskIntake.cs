using System.Buffers;
using Streaming.Daemon.Decoding;
using Streaming.Daemon.State;
using Streaming.Inference.Series;
using Streaming.Inference.Series.Codec;

namespace Streaming.Daemon.Pipeline;

/// <summary>What one task does with observations: which series takes each, what that closes, what has changed.</summary>
/// <remarks>
/// A pure function of the log. While the log is read again after a restore, an observation that is done for its series
/// (the stored state has it) only moves what all share: stream time, guard, number of series, what groups have heard.
/// What has changed is kept in mind only where a checkpoint is taken: nothing else empties that queue.
/// </remarks>
internal sealed class TaskIntake
{
    private const double LargestValue = 1e100; // its square is still a double: the scaler squares

    private readonly SeriesTable table;
    private readonly PendingSteps steps;
    private readonly AdoptionTimeline timeline;
    private readonly FutureGuard guard = new();
    private readonly Intake intake;
    private readonly bool isExact;
    private Replay? replay;
    private long offset;
    private int marked;
    private int dated;

    /// <param name="table">The series, with what was read back.</param>
    /// <param name="steps">Receives the steps that close.</param>
    /// <param name="timeline">Versions in force.</param>
    /// <param name="start">Offset of the first record.</param>
    /// <param name="isStored">Whether a checkpoint is taken of the series.</param>
    /// <param name="state">What was read back; null where nothing was stored.</param>
    /// <param name="dropped">What is stored and not gone on with; null: nothing.</param>
    public TaskIntake(
        SeriesTable table, PendingSteps steps, AdoptionTimeline timeline, long start, bool isStored = false,
        RestoredState? state = null, IReadOnlyList<StoredKeys>? dropped = null)
    {
        (this.table, this.steps, this.timeline) = (table, steps, timeline);
        intake = new Intake(
            steps, SeriesIdentity.Compare, Leave, changed: isStored ? series => Checkpoint!.Mark(series, offset) : null);
        isExact = state is { Damaged: 0, Changed: 0, IsExact: true } && state.Marker.LowWater.Offset == start;
        if (state is not null)
        {
            Resume(state);
        }

        Checkpoint = !isStored ? null : new Checkpoint(
            state?.Marker.LowWater ?? Snapshot(start), state?.Lives ?? new Dictionary<byte[], Life[]>(),
            dropped ?? []);
        EndReplay(start);
    }

    /// <summary>Which series are stored, and as of when; null where none are.</summary>
    public Checkpoint? Checkpoint { get; }

    /// <summary>Stream time of the partition in ticks; long.MinValue before the first record.</summary>
    public long StreamTimeTicks => intake.StreamTimeTicks;

    /// <summary>Observations that are not to be forecast, for whoever counts them to set back.</summary>
    public int Excluded { get; set; }

    /// <summary>Series there are at the record that is being read.</summary>
    private int SeriesCount => replay?.SeriesCount ?? table.Count;

    /// <summary>Takes one observation of a record.</summary>
    /// <param name="observation">The observation.</param>
    /// <param name="recordOffset">Offset of the record.</param>
    /// <param name="timestampTicks">Its Kafka timestamp; −1 where it has none.</param>
    /// <param name="origin">The caller's number of the record.</param>
    public RejectReason Offer(Observation observation, long recordOffset, long timestampTicks, int origin)
    {
        offset = recordOffset;
        if (Math.Abs(observation.Value) > LargestValue)
        {
            return RejectReason.BadValue;
        }

        SeriesState? series = table.Find(observation.SeriesId);
        bool isDone = replay is not null && replay.IsDone(series, observation.SeriesId, offset);
        bool isNew = isDone ? !replay!.WasThere(series, observation.SeriesId, offset) : series is null;
        if (isNew && !table.Takes(observation.SeriesId))
        {
            Excluded++;
            return RejectReason.None;
        }

        if (!Admits(observation, series, isNew, timestampTicks))
        {
            return RejectReason.Future; // and is given no series
        }

        table.Groups.Note(observation);
        RejectReason reason =
            isDone ? Pass(observation, series, isNew, origin) : Take(observation, series, origin);
        PutUnderVersions();
        return reason;
    }

    /// <summary>Ends a record: notes what it has brought about beyond its own series, and lets idle ones go.</summary>
    public void EndRecord(long recordOffset)
    {
        offset = recordOffset;
        MarkSteps();
        intake.LetGo();
        PutUnderVersions();
        replay?.EndRecord(offset);
        EndReplay(offset + 1);
    }

    /// <summary>Notes the steps that were done; they are about to be cleared.</summary>
    public void Settle()
    {
        MarkSteps();
        (marked, dated) = (0, 0);
    }

    /// <summary>The log has no further record below an offset.</summary>
    public void ReachEnd(long nextOffset) => EndReplay(nextOffset);

    /// <summary>What steps read beside their own series, as it is now.</summary>
    /// <param name="nextOffset">Offset of the next record.</param>
    public TaskSnapshot Snapshot(long nextOffset)
    {
        var buffer = new ArrayBufferWriter<byte>();
        guard.WriteTo(new StateWriter(buffer));
        return new(nextOffset, intake.StreamTimeTicks, SeriesCount, buffer.WrittenMemory) { Groups = table.Groups.Write() };
    }

    private RejectReason Take(Observation observation, SeriesState? series, int origin)
    {
        if (series is null)
        {
            if (SeriesCount >= table.MaxCount)
            {
                return RejectReason.SeriesLimit;
            }

            series = table.Add(observation.SeriesId, offset);
            replay?.Count(1);
        }

        var sample = new Sample(observation.TimeTicks, observation.Value, observation.Kind, observation.StartTicks)
        {
            Unit = table.Units.Of(observation.Unit, series.Unit),
        };
        if (intake.Offer(series, sample, origin, observation.Covariates) == IntakeResult.Late)
        {
            return RejectReason.Late;
        }

        Checkpoint?.Mark(series, offset);
        return RejectReason.None;
    }

    /// <summary>Takes an observation that is done for its own series.</summary>
    private RejectReason Pass(Observation observation, SeriesState? series, bool isNew, int origin)
    {
        if (isNew && !replay!.TryBear(series, observation.SeriesId, offset))
        {
            return RejectReason.SeriesLimit;
        }

        intake.Pass(observation.TimeTicks, origin);
        return RejectReason.None;
    }

    private bool Admits(Observation observation, SeriesState? series, bool isNew, long timestampTicks)
    {
        long leadTicks = observation.TimeTicks - timestampTicks;
        long maxFutureTicks = leadTicks <= 0 ? 0
            : series?.Profile.MaxFutureTicks ?? table.ProfileOf(observation.SeriesId).MaxFutureTicks;
        return timestampTicks < 0
            || guard.Admits(observation.SeriesId, leadTicks, maxFutureTicks, SeriesCount, isNew);
    }

    /// <summary>Gives the new steps their versions, as of the observation that closed them.</summary>
    private void PutUnderVersions()
    {
        for (; dated < steps.Count; dated++)
        {
            if (timeline.Count > 1)
            {
                ulong series = SeriesIdentity.Of(steps.Steps[dated].Series).Hash;
                steps.SetVersion(dated, timeline.PlaceAt(series, offset, intake.StreamTimeTicks));
            }
        }
    }

    private void MarkSteps()
    {
        if (Checkpoint is null)
        {
            return;
        }

        ReadOnlySpan<PendingStep> all = steps.Steps;
        for (; marked < all.Length; marked++)
        {
            Checkpoint.Mark(all[marked].Series, offset);
        }
    }

    private void Leave(SeriesState series)
    {
        table.Remove(series);
        Checkpoint?.Bury(series, offset);
        replay?.Count(-1);
    }

    private void Resume(RestoredState state)
    {
        var reader = new StateReader(state.Marker.LowWater.Guard.Span);
        guard.ReadFrom(ref reader);
        table.Groups.Read(state.Marker.LowWater.Groups.Span);
        intake.Resume(state.Marker.LowWater.StreamTimeTicks);
        foreach (SeriesState series in table.All)
        {
            intake.Resume(series);
        }

        replay = new Replay(state);
    }

    /// <summary>Once all is done again, the task must be what it was.</summary>
    /// <exception cref="InvalidOperationException">It is not: a bug, or a log that was tampered with.</exception>
    private void EndReplay(long nextOffset)
    {
        if (replay is null || nextOffset < replay.Until)
        {
            return;
        }

        if (isExact && replay.SeriesCount != table.Count)
        {
            throw new InvalidOperationException(
                $"The replay up to offset {replay.Until} ends with {replay.SeriesCount} series, the state has {table.Count}.");
        }

        replay = null;
    }
}
