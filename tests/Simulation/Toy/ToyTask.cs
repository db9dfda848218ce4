using System.Buffers.Binary;
using Simulation.Schedules;

namespace Simulation.Toy;

/// <summary>One partition: its series, its stream time, its dirty queue.</summary>
/// <remarks>
/// Replaying → live. Both are the same code: a replayed record advances the snapshot always, and a series only where
/// its state does not know the record yet; what it puts out is published from <see cref="LiveFrom"/> on.
/// </remarks>
internal sealed class ToyTask
{
    private const long BucketLength = 10;
    private const long MaxSkew = 8;
    private const long IdleAfter = 60;
    private const int MaxSeries = 9;

    private readonly Dictionary<int, ToySeries> table;
    private readonly List<ToyLife> lives; // that ended at or after the low-water offset, as far as the topic knows
    private readonly List<(long End, ToySeries Series)> due = [];
    private readonly ToyOutbox outbox;
    private readonly ToyVersions versions;
    private readonly EventCounts events;
    private readonly ToyBugs bugs;
    private long streamTime;
    private int seriesCount;

    /// <param name="partition">The partition.</param>
    /// <param name="restored">What its state partition held.</param>
    /// <param name="marker">Its marker, or one for a partition that nobody has had before.</param>
    /// <param name="lane">Outbox, versions, events and mistakes of the lane.</param>
    public ToyTask(int partition, ToyRestored restored, ToyMarker marker, ToyLane lane)
    {
        (outbox, versions, events, bugs) = (lane.Outbox, lane.Versions, lane.Events, lane.Bugs);
        (Partition, NextOffset, LiveFrom, CommittedOffset) =
            (partition, marker.LowWater, marker.Committed, marker.Committed);
        (streamTime, seriesCount) = (marker.Snapshot.StreamTime, marker.Snapshot.SeriesCount);
        (table, lives, Timeline) = (restored.Series, [.. restored.Deaths.Values], new ToyTimeline(marker.Timeline));
        Points.Add(marker.LowWater, marker.Snapshot);
        BornLater = [.. table.Values.Where(s => s.Born >= marker.LowWater).Select(s => s.Born)];
        WrittenDeaths.AddRange(lives);
    }

    public int Partition { get; }

    /// <summary>Offset from which outputs are published.</summary>
    public long LiveFrom { get; }

    /// <summary>Next record to take.</summary>
    public long NextOffset { get; private set; }

    public long CommittedOffset { get; set; }

    /// <summary>Whether it may take part in a commit.</summary>
    public bool IsLive => NextOffset >= LiveFrom;

    public ToySnapshot Snapshot => new(streamTime, seriesCount);

    public ToyTimeline Timeline { get; }

    public ToyDirtyQueue Dirty { get; } = new();

    public ToyCommitPoints Points { get; } = new();

    /// <summary>Deaths that the topic does not know yet.</summary>
    public List<ToyLife> NewDeaths { get; } = [];

    /// <summary>Death records in the topic.</summary>
    public List<ToyLife> WrittenDeaths { get; } = [];

    /// <summary>Births of restored series that lie ahead.</summary>
    private HashSet<long> BornLater { get; }

    public ToySeries? Find(int series) => table.GetValueOrDefault(series);

    /// <summary>The log has no record below an offset that was not taken.</summary>
    public void ReachEnd(long offset)
    {
        if (offset > NextOffset)
        {
            BeforeTaking(offset);
            NextOffset = offset;
        }
    }

    /// <summary>Takes one record.</summary>
    public void Take(long offset, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        BeforeTaking(offset);
        NextOffset = offset + 1;
        if (!ToyRecord.TryRead(key, value, out ToyRecord record))
        {
            Refuse(offset, "bad"u8);
            return;
        }

        ToySeries? series = Find(record.Series);
        bool isKnown = offset < (series?.AsOf ?? KnownTo(record.Series));
        if (isKnown && bugs.HasFlag(ToyBugs.SkipAlsoSkipsStreamTime))
        {
            return;
        }

        streamTime = Math.Max(streamTime, record.Time);
        seriesCount += BornLater.Contains(offset) || lives.Exists(l => l.Born == offset) ? 1 : 0;
        if (!isKnown)
        {
            Offer(series, record, offset);
        }

        CloseOverdue(offset);
        Evict(offset);
    }

    private void BeforeTaking(long offset)
    {
        if (NextOffset <= LiveFrom && offset >= LiveFrom)
        {
            Points.Add(LiveFrom, Snapshot); // the commit that the marker tells of
        }

        if (NextOffset < LiveFrom && Timeline.Entries.Any(a => a.Offset >= NextOffset && a.Offset <= offset))
        {
            events.Note(RareEvent.ReplayedAdoption);
        }
    }

    /// <summary>Offset below which records of a series that is not alive are known: they belong to lives that
    /// ended.</summary>
    private long KnownTo(int series)
    {
        long known = -1;
        foreach (ToyLife life in lives)
        {
            known = life.Series == series ? Math.Max(known, life.Died + 1) : known;
        }

        return known;
    }

    private void Offer(ToySeries? series, ToyRecord record, long offset)
    {
        long bucket = record.Time / BucketLength * BucketLength;
        if (series is null)
        {
            if (seriesCount >= MaxSeries)
            {
                Refuse(offset, "full"u8);
                return;
            }

            series = new ToySeries(record.Series, offset);
            table.Add(record.Series, series);
            seriesCount++;
        }

        if (bucket < Math.Max(series.ClosedTo, series.Bucket))
        {
            Refuse(offset, "late"u8);
            return;
        }

        if (series.HasOpenBucket && bucket > series.Bucket)
        {
            Step(series, offset);
        }

        series.Add(bucket, record.Value);
        Touch(series, offset);
    }

    /// <summary>Closes the buckets that stream time has passed, in the order (bucket end, series).</summary>
    private void CloseOverdue(long offset)
    {
        due.Clear();
        foreach (ToySeries series in table.Values)
        {
            if (series.HasOpenBucket && series.Bucket + BucketLength + MaxSkew <= streamTime && offset >= series.AsOf)
            {
                due.Add((series.Bucket + BucketLength, series));
            }
        }

        if (due.Count > 1 && !bugs.HasFlag(ToyBugs.ClosingsInTableOrder))
        {
            due.Sort(static (a, b) => (a.End, a.Series.Id).CompareTo((b.End, b.Series.Id)));
        }

        foreach ((_, ToySeries series) in due)
        {
            Step(series, offset);
            if (!bugs.HasFlag(ToyBugs.ClosingsLeaveClean))
            {
                Touch(series, offset);
            }
        }
    }

    /// <summary>Ends the lives of series that have been idle too long.</summary>
    private void Evict(long offset)
    {
        foreach (ToyLife life in lives)
        {
            seriesCount -= life.Died == offset ? 1 : 0;
        }

        due.Clear();
        foreach (ToySeries series in table.Values)
        {
            if (series.LastTime + IdleAfter < streamTime && offset >= series.AsOf)
            {
                due.Add((0, series));
            }
        }

        foreach ((_, ToySeries series) in due)
        {
            table.Remove(series.Id);
            seriesCount--;
            NewDeaths.Add(new(series.Id, series.Born, offset));
            Dirty.Touch(series.Id, offset);
            events.Note(RareEvent.Eviction);
        }
    }

    private void Step(ToySeries series, long offset)
    {
        int version = Timeline.VersionOf(series.Id, offset, streamTime);
        long bucket = series.Bucket;
        series.Step(versions.WeightOf(version), Snapshot, BucketLength);
        if (offset < LiveFrom)
        {
            return;
        }

        Span<byte> key = stackalloc byte[4], value = stackalloc byte[44];
        BinaryPrimitives.WriteInt32LittleEndian(key, series.Id);
        BinaryPrimitives.WriteInt64LittleEndian(value, offset);
        BinaryPrimitives.WriteInt64LittleEndian(value[8..], bucket);
        BinaryPrimitives.WriteUInt64LittleEndian(value[16..], series.Sum);
        BinaryPrimitives.WriteInt64LittleEndian(value[24..], streamTime);
        BinaryPrimitives.WriteInt64LittleEndian(value[32..], seriesCount);
        BinaryPrimitives.WriteInt32LittleEndian(value[40..], version);
        outbox.AddForecast(Partition, key, value);
    }

    private void Refuse(long offset, ReadOnlySpan<byte> reason)
    {
        if (offset >= LiveFrom)
        {
            Span<byte> key = stackalloc byte[12];
            BinaryPrimitives.WriteInt32LittleEndian(key, Partition);
            BinaryPrimitives.WriteInt64LittleEndian(key[4..], offset);
            outbox.AddDeadLetter(Partition, key, reason);
        }
    }

    /// <summary>Any mutation makes a series dirty, also a bucket that another series' record closed.</summary>
    private void Touch(ToySeries series, long offset)
    {
        series.AsOf = offset + 1;
        if (!(bugs.HasFlag(ToyBugs.DirtyQueueNotRearmed) && series.WasWritten))
        {
            Dirty.Touch(series.Id, offset);
        }
    }
}
