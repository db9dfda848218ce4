using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Pipeline;

/// <summary>What follows for a partition from owners that did not live to stop: how carefully it is read, and where it
/// is read no further.</summary>
/// <remarks>
/// After such an end the first records from the last known place on are taken alone, those after them a few at a time;
/// who gets past what the ended owner can have read is trusted again. A record that was in hand, alone, at an end is
/// suspected until it has been got past; in hand at another end it is blamed: the partition is stopped before it.
/// Nothing else is ever blamed. A note of this very process is no end: the partition was lost, its owner lives. A clean
/// stop, or another version of the daemon, starts afresh. One owner, its task; it outlives that where the lane reads
/// its partitions again.
/// </remarks>
internal sealed class Probation
{
    /// <summary>Offsets before the first record to take alone from which on few are polled at a time: more than a batch
    /// spans, gaps included.</summary>
    private const int NearOffsets = 65_536;

    private const int FewRecords = 512; // as many are taken alone as a commit of a few can leave open
    private const int CareFor = 65_536; // records after which trust returns

    private readonly long from;
    private readonly long end;
    private readonly long? suspect;
    private readonly string version;
    private readonly string process;
    private int taken;

    private Probation(long from, long end, bool isCareful, long? suspect, string version, string process)
    {
        (this.from, this.end, this.suspect) = (from, end, suspect);
        (this.version, this.process) = (version, process);
        IsCareful = isCareful && from < end;
    }

    /// <summary>Offset of the record that is blamed; null while the partition is read.</summary>
    public long? StoppedAt { get; private init; }

    /// <summary>Offset of the record that is in hand, alone; null for none.</summary>
    public long? InHand { get; set; }

    /// <summary>Whether an owner was ended, and what it can have read is not got past.</summary>
    public bool IsCareful { get; private set; }

    /// <summary>Whether so many records were taken with care that a commit is due.</summary>
    public bool IsCommitDue => IsCareful && taken % FewRecords == 0;

    /// <param name="found">What the owner before has left; null where it has stopped, or there was none.</param>
    /// <param name="readFrom">First offset that will be read.</param>
    /// <param name="end">Offset after the log's last record: no owner has read further.</param>
    /// <param name="version">The daemon's version.</param>
    /// <param name="process">This process, as its notes name it.</param>
    /// <param name="skips">What is passed over: no blame lies there any more.</param>
    public static Probation Of(
        Attempt? found, long readFrom, long end, string version, string process, SkippedOffsets skips)
    {
        if (found is not { } before || before.Version != version || (before.IsTaking && skips.Contains(before.At)))
        {
            return new(readFrom, end, isCareful: false, suspect: null, version, process);
        }

        bool isEnd = before.Process != process;
        bool wasSuspected = before.Start == Attempt.Suspecting;
        bool isThere = before.At >= readFrom && before.At < end;
        bool isSuspect = isThere && (wasSuspected || (isEnd && before.IsTaking));
        bool isBlamed = isThere && isEnd && before.IsTaking && wasSuspected;
        return new(
            Math.Max(before.At, readFrom), end, isEnd || before.Start > Attempt.First,
            isSuspect ? before.At : null, version, process)
        {
            StoppedAt = isBlamed ? before.At : null,
        };
    }

    /// <summary>How to take the record of an offset.</summary>
    public Care CareAt(long offset) =>
        !IsCareful || offset < from ? Care.None : taken < FewRecords ? Care.Alone : Care.Few;

    /// <summary>Whether records soon are to be taken alone.</summary>
    /// <param name="next">Offset of the next record to take.</param>
    public bool IsNearAlone(long next) => IsCareful && taken < FewRecords && from - next < NearOffsets;

    /// <summary>A record that needed care is done.</summary>
    /// <param name="next">Offset after it.</param>
    public void Took(long next)
    {
        taken++;
        IsCareful = next < end && taken < CareFor;
    }

    /// <summary>What to leave for a later owner.</summary>
    /// <param name="next">Offset of the next record to take.</param>
    public Attempt At(long next)
    {
        long place = InHand ?? (IsCareful ? Math.Max(next, from) : next);
        int start = !IsCareful ? Attempt.First : place == suspect ? Attempt.Suspecting : Attempt.Careful;
        return new(start, place, InHand is not null, version, process);
    }
}
