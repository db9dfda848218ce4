using Streaming.Daemon.Decoding;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Serving;
using Streaming.Daemon.State;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Pipeline;

/// <summary>One partition: its series, its stream time, its pending steps. One writer, ever: its lane.</summary>
/// <remarks>
/// Restoring → live. A task that was stored begins at its low-water offset and reads the log again, silently, up to the
/// committed one: what is not stored comes back bit for bit, for state is a pure function of the log and of the versions
/// in force. A new deployment may read history before it is live. While it restores nothing of it is stored.
/// </remarks>
internal sealed class PartitionTask : IPartitionTask
{
    private const long LargestTimestampMs = 7_258_118_400_000; // the year 2200, as for event times

    private static readonly long EpochTicks = DateTime.UnixEpoch.Ticks;

    /// <summary>Pending steps at which they are done before more is taken, also within a record.</summary>
    private const int MostPending = 8_192;

    /// <summary>Late records that are all sent to the dead letters, and then one in so many.</summary>
    private const long LateSample = 100;

    private readonly TaskIntake intake;
    private readonly PartitionMetrics metrics;
    private readonly VersionFeed versions;
    private readonly TaskStorage? storage;
    private Adoption? decided; // at the commit under way
    private long markedOffset; // of the last marker; -1 before the first

    /// <param name="partition">The partition.</param>
    /// <param name="place">Where it starts.</param>
    /// <param name="series">Its table, with what was read back.</param>
    /// <param name="timeline">Versions in force.</param>
    /// <param name="versions">Versions to adopt.</param>
    /// <param name="metrics">Gauges of the partition; disposed with the task.</param>
    /// <param name="store">Stores its checkpoint; null where nothing is stored.</param>
    /// <param name="state">What was read back beside the table; null where nothing was stored.</param>
    /// <param name="dropped">What is stored and not gone on with; null: nothing.</param>
    public PartitionTask(
        int partition, StartPlace place, SeriesTable series, AdoptionTimeline timeline, VersionFeed versions,
        PartitionMetrics metrics, Func<Checkpoint, TaskStorage>? store = null, RestoredState? state = null,
        IReadOnlyList<StoredKeys>? dropped = null)
    {
        (Partition, Place, Series, Timeline) = (partition, place, series, timeline);
        (this.versions, this.metrics) = (versions, metrics);
        (NextOffset, CommittedOffset) = (place.ReadFrom, place.Committed ?? -1);
        LateRecords = state?.Marker.LateRecords ?? 0;
        markedOffset = state?.Marker.Committed ?? -1;
        intake = new TaskIntake(series, Steps, timeline, place.ReadFrom, store is not null, state, dropped);
        storage = store?.Invoke(intake.Checkpoint!);
    }

    public int Partition { get; }

    public StartPlace Place { get; }

    /// <summary>Offset from which forecasts are published.</summary>
    public long LiveFrom => Place.LiveFrom;

    /// <summary>Offset from which records are new to the group: refusals are counted and windows offered to the
    /// trainer. Before <see cref="LiveFrom"/> where a new deployment reads history.</summary>
    public long NewFrom => Place.NewFrom;

    public Reading Reading => Place.Reading;

    public SeriesTable Series { get; }

    /// <summary>Versions in force; one joins at a commit only.</summary>
    public AdoptionTimeline Timeline { get; }

    /// <summary>What the last commit has adopted, for whoever tells of it to set back.</summary>
    public Adoption? Adopted { get; set; }

    /// <summary>Late records so far.</summary>
    public long LateRecords { get; private set; }

    /// <summary>What it does with observations, and what that has changed.</summary>
    public TaskIntake Intake => intake;

    /// <summary>Steps that wait for their waves.</summary>
    public PendingSteps Steps { get; } = new();

    /// <summary>Offset of the next record to take.</summary>
    public long NextOffset { get; private set; }

    /// <summary>Offset of the last commit; −1 before the first one of the group.</summary>
    public long CommittedOffset { get; private set; }

    /// <summary>Offset to commit: all before it is done, and published where it is to be.</summary>
    public long CommitOffset => Math.Max(NextOffset, NewFrom);

    /// <summary>What to commit.</summary>
    public PartitionOffset NextCommit => Reading.Note(new(Partition, CommitOffset), NextOffset);

    /// <summary>Whether what was lost of the state is being made again.</summary>
    public bool IsRestoring => NextOffset < NewFrom && !Reading.IsStopped;

    /// <summary>Whether the log is being read silently.</summary>
    public bool IsReplaying => NextOffset < LiveFrom && !Reading.IsStopped;

    /// <summary>Whether there is something done that is not committed: also where a partition starts, so that the next
    /// owner starts there and not where the log then ends.</summary>
    public bool IsDirty => CommitOffset > CommittedOffset && !Reading.IsStopped;

    /// <summary>Takes one record of this partition; the steps it closes join <see cref="Steps"/>.</summary>
    /// <param name="batch">The gathered records.</param>
    /// <param name="record">Its number in the batch.</param>
    /// <param name="timestampMs">Kafka timestamp of the record of the input that it is or comes from, ms since 1970; −1
    /// where that has none.</param>
    /// <param name="decoder">The lane's decoder.</param>
    /// <param name="step">Does the pending steps; called once there are 8,192, which changes no forecast.</param>
    /// <returns>Why the record, or the first of its observations that is, is refused; or None.</returns>
    public RejectReason Take(
        RecordBatch batch, int record, long timestampMs, RecordDecoder decoder,
        Action<PartitionTask, RecordBatch> step)
    {
        long offset = batch.Offsets[record];
        RejectReason first = decoder.Decode(InputRecord.Of(batch, record, timestampMs));
        long timestampTicks = TicksOf(timestampMs);
        ObservationList observations = decoder.Observations;
        for (int i = 0; i < observations.Count; i++)
        {
            RejectReason reason = intake.Offer(observations[i], offset, timestampTicks, record);
            first = first == RejectReason.None ? reason : first;
            if (PendingCount >= MostPending)
            {
                step(this, batch);
            }
        }

        intake.Excluded += observations.LeftOut;
        intake.EndRecord(offset);
        Done(offset); // not before: a lane that waits within commits up to here
        LateRecords += first == RejectReason.Late && offset >= NewFrom ? 1 : 0;
        return first;
    }

    /// <summary>The log has no further record below an offset: it may end in marks of transactions.</summary>
    public void ReachEnd(long offset)
    {
        NextOffset = Math.Max(NextOffset, offset);
        intake.ReachEnd(NextOffset);
    }

    /// <summary>Whether a record that was refused just now goes to the dead letters.</summary>
    /// <remarks>All do but late ones: the first 100 of the partition, then every hundredth. A producer that
    /// is an hour behind would else send the whole topic a second time.</remarks>
    public bool IsDeadLetter(RejectReason reason) =>
        reason != RejectReason.Late || LateRecords <= LateSample || LateRecords % LateSample == 0;

    /// <summary>Pending steps, and rows of series that wait for them.</summary>
    public int PendingCount => Steps.Count + Series.WaitingRowCount;

    /// <summary>Drops the pending steps, which are done, and frees what waited for them.</summary>
    public void Settle()
    {
        intake.Settle();
        Steps.Clear();
        Series.FreeRows();
    }

    private bool IsStored => storage is not null && !IsRestoring && !Reading.IsStopped;

    /// <summary>A Kafka timestamp in ticks, or -1 where the producer gave none that makes sense.</summary>
    private static long TicksOf(long timestampMs) => timestampMs is >= 0 and < LargestTimestampMs
        ? EpochTicks + (timestampMs * TimeSpan.TicksPerMillisecond)
        : -1;

    public bool HasToStore(long nowMs, bool isDraining) =>
        IsStored && (markedOffset < 0 || storage!.IsDue(NextOffset, nowMs, isDraining));

    /// <summary>Produces a slice of the series, and decides whether a newer version is adopted: only where the commit
    /// moves the offset, by which its outcome is found out where that is unknown.</summary>
    public void Store(StoreTurn turn)
    {
        if (!IsStored)
        {
            return;
        }

        bool adopts = versions.IsFollowed && versions.Newest != Timeline.Newest && NextOffset > markedOffset;
        decided = adopts ? new(versions.Newest.Name, NextOffset, StreamTimeTicks) : null;
        storage!.WriteSeries(intake.Snapshot(NextOffset), turn);
    }

    public void Mark()
    {
        if (IsStored)
        {
            storage!.WriteMarker(this, decided);
        }
    }

    public void Committed(PartitionOffset place)
    {
        Reading.Committed(place);
        CommittedOffset = place.Offset;
        if (!IsStored)
        {
            return;
        }

        markedOffset = place.Offset;
        storage!.Done(Timeline);
        if (decided is not null)
        {
            Timeline.Add(decided, versions.Find(decided.Version)!);
            (Adopted, decided) = (decided, null);
        }
    }

    public void Done(long offset) => NextOffset = offset + 1;

    /// <summary>Reports how far the task is.</summary>
    /// <param name="logEnd">Offset after the last record of the log; negative while unknown.</param>
    /// <returns>Records that it is behind; 0 while unknown.</returns>
    public long Report(long logEnd)
    {
        long lag = Math.Max(0, logEnd - CommitOffset);
        if (logEnd >= 0)
        {
            metrics.SetLag(lag);
        }

        if (Reading.IsStopped)
        {
            metrics.SetStopped(Reading.StoppedAt?.Offset ?? NextOffset);
        }

        if (intake.Checkpoint is { } checkpoint)
        {
            metrics.SetCheckpointLag(Math.Max(0, NextOffset - checkpoint.LowWater.Offset));
        }

        metrics.SetRestoreRemaining(Math.Max(0, LiveFrom - NextOffset));
        return lag;
    }

    /// <summary>Stream time of the partition in ticks; long.MinValue before the first record.</summary>
    public long StreamTimeTicks => intake.StreamTimeTicks;

    public void Dispose() => metrics.Dispose();
}
