using Streaming.Daemon.Kafka;

namespace Streaming.Daemon.Pipeline;

/// <summary>What follows for a partition from owners that did not live to stop: how carefully it is read, and where it
/// is read no further.</summary>
/// <remarks>
/// After one such end the records from the last known place on are taken a few at a time, after two alone; who gets
/// past what the ended owner can have read is trusted again. A record that was in hand, alone, at the third end is
/// blamed: the partition is stopped before it. Nothing else is ever blamed. A clean stop, or another version of the
/// daemon, starts afresh. One owner, its task; it outlives that where the lane reads its partitions again.
/// </remarks>
internal sealed class Probation
{
    private const int MostStarts = 3;
    private const int FewRecords = 512; // a third start takes more than these alone
    private const int FewFor = 65_536, AloneFor = 2 * FewRecords; // records after which trust returns

    private readonly long from;
    private readonly long end;
    private readonly string version;
    private int starts;
    private int taken;

    private Probation(int starts, long from, long end, string version) =>
        (this.starts, this.from, this.end, this.version) = (from < end ? starts : 1, from, end, version);

    /// <summary>Offset of the record that is blamed; null while the partition is read.</summary>
    public long? StoppedAt { get; private init; }

    /// <summary>Offset of the record that is in hand, alone; null for none.</summary>
    public long? InHand { get; set; }

    /// <summary>Starts in a row, this one included, of which none before got past what it had in hand.</summary>
    public int Starts => starts;

    /// <summary>Whether so many records were taken with care that a commit is due.</summary>
    public bool IsCommitDue => starts == 2 && taken % FewRecords == 0;

    /// <param name="found">What the owner before has left; null where it has stopped, or there was none.</param>
    /// <param name="readFrom">First offset that will be read.</param>
    /// <param name="end">Offset after the log's last record: no owner has read further.</param>
    /// <param name="version">The daemon's version.</param>
    /// <param name="skips">What is passed over: no blame lies there any more.</param>
    public static Probation Of(Attempt? found, long readFrom, long end, string version, SkippedOffsets skips)
    {
        if (found is not { } before || before.Version != version || (before.IsTaking && skips.Contains(before.At)))
        {
            return new(1, readFrom, end, version);
        }

        bool isBlamed = before.IsTaking && before.Starts >= MostStarts && before.At >= readFrom && before.At < end;
        return new(Math.Min(before.Starts + 1, MostStarts), Math.Max(before.At, readFrom), end, version)
        {
            StoppedAt = isBlamed ? before.At : null,
        };
    }

    /// <summary>How to take the record of an offset.</summary>
    public Care CareAt(long offset) =>
        starts == 1 || offset < from ? Care.None : starts == 2 ? Care.Few : Care.Alone;

    /// <summary>A record that needed care is done.</summary>
    /// <param name="next">Offset after it.</param>
    public void Took(long next)
    {
        taken++;
        if (next >= end || taken == (starts == 2 ? FewFor : AloneFor))
        {
            starts = 1;
        }
    }

    /// <summary>What to leave for a later owner.</summary>
    /// <param name="next">Offset of the next record to take.</param>
    public Attempt At(long next) =>
        new(starts, InHand ?? (starts == 1 ? next : Math.Max(next, from)), InHand is not null, version);
}
