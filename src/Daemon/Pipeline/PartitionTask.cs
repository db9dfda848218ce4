using Streaming.Daemon.Decoding;
using Streaming.Daemon.Kafka;
using Streaming.Daemon.Serving;
using Streaming.Inference.Series;

namespace Streaming.Daemon.Pipeline;

/// <summary>One partition: its series, its stream time, its pending steps. One writer, ever: its lane.</summary>
/// <remarks>
/// Replaying → live. A task starts before its committed offset and reads the log again, silently, until it gets
/// there. State is a pure function of the log and of the versions in force, so it comes back as it was, as far as the
/// log still reaches and no other version has come since. From the committed offset on, it is live and publishes.
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
    private long lateRecords;

    /// <param name="partition">The partition.</param>
    /// <param name="place">Where it starts.</param>
    /// <param name="series">An empty table.</param>
    /// <param name="version">Version in force.</param>
    /// <param name="metrics">Gauges of the partition; disposed with the task.</param>
    public PartitionTask(
        int partition, StartPlace place, SeriesTable series, ModelVersion version, PartitionMetrics metrics)
    {
        (Partition, Series, Version, this.metrics) = (partition, series, version, metrics);
        (LiveFrom, NextOffset, CommittedOffset) = (place.LiveFrom, place.ReadFrom, place.Committed ?? -1);
        FirstCommit = new(partition, place.LiveFrom, place.HistoryFrom);
        Reading = place.Reading;
        intake = new TaskIntake(series, Steps, place.ReadFrom);
    }

    public int Partition { get; }

    /// <summary>Offset from which forecasts are published.</summary>
    public long LiveFrom { get; }

    /// <summary>Offset from which records are new to the group: refusals are counted and windows offered to the
    /// trainer. Before <see cref="LiveFrom"/> where a new deployment reads history.</summary>
    public long NewFrom => FirstCommit.HistoryFrom ?? LiveFrom;

    /// <summary>What is committed until a record from <see cref="LiveFrom"/> on is done: where it publishes, and the
    /// history before that, which the next owner must read as well.</summary>
    public PartitionOffset FirstCommit { get; }

    public Reading Reading { get; }

    public SeriesTable Series { get; }

    /// <summary>Version in force; changes at a commit only.</summary>
    public ModelVersion Version { get; private set; }

    /// <summary>What it does with observations, and what that has changed.</summary>
    public TaskIntake Intake => intake;

    /// <summary>Steps that wait for their waves.</summary>
    public PendingSteps Steps { get; } = new();

    /// <summary>Offset of the next record to take.</summary>
    public long NextOffset { get; private set; }

    /// <summary>Offset of the last commit; −1 before the first one of the group.</summary>
    public long CommittedOffset { get; private set; }

    /// <summary>Offset to commit: what is published or need not be.</summary>
    public long CommitOffset => Math.Max(NextOffset, LiveFrom);

    /// <summary>What to commit.</summary>
    public PartitionOffset NextCommit => Reading.Note(
        CommitOffset == LiveFrom ? FirstCommit : new(Partition, CommitOffset), NextOffset);

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
        lateRecords += first == RejectReason.Late ? 1 : 0;
        return first;
    }

    /// <summary>The log has no further record below an offset: it may end in marks of transactions.</summary>
    public void ReachEnd(long offset)
    {
        NextOffset = Math.Max(NextOffset, offset);
        intake.ReachEnd(NextOffset);
    }

    /// <summary>Whether a record that was refused just now goes to the dead letters.</summary>
    /// <remarks>All do but late ones: the first 100 since the task began to read, then every hundredth. A producer that
    /// is an hour behind would else send the whole topic a second time.</remarks>
    public bool IsDeadLetter(RejectReason reason) =>
        reason != RejectReason.Late || lateRecords <= LateSample || lateRecords % LateSample == 0;

    /// <summary>Pending steps, and rows of series that wait for them.</summary>
    public int PendingCount => Steps.Count + Series.WaitingRowCount;

    /// <summary>Drops the pending steps, which are done, and frees what waited for them.</summary>
    public void Settle()
    {
        intake.Settle();
        Steps.Clear();
        Series.FreeRows();
    }

    /// <summary>A Kafka timestamp in ticks, or -1 where the producer gave none that makes sense.</summary>
    private static long TicksOf(long timestampMs) => timestampMs is >= 0 and < LargestTimestampMs
        ? EpochTicks + (timestampMs * TimeSpan.TicksPerMillisecond)
        : -1;

    /// <summary>Says that the offsets up to <see cref="CommitOffset"/> are committed.</summary>
    public void Committed()
    {
        Reading.Committed(NextCommit);
        CommittedOffset = CommitOffset;
    }

    public void Done(long offset) => NextOffset = offset + 1;

    /// <summary>Puts a version in force. The shape is the same, so hidden and cell state carry on.</summary>
    public void Adopt(ModelVersion version) => Version = version;

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

        metrics.SetRestoreRemaining(Math.Max(0, LiveFrom - NextOffset));
        return lag;
    }

    /// <summary>Stream time of the partition in ticks; long.MinValue before the first record.</summary>
    public long StreamTimeTicks => intake.StreamTimeTicks;

    public void Dispose() => metrics.Dispose();
}
