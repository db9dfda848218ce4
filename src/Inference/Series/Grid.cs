using Streaming.Inference.Series.Codec;

namespace Streaming.Inference.Series;

/// <summary>Turns the observations of one series into closed steps: a few open buckets on a fixed grid.</summary>
/// <remarks>
/// A bucket covers a step, as <see cref="SeriesProfile.StartOf"/> tells, and closes when the series' own time has passed
/// its end plus grace, or stream time its deadline: the allowed skew later, or, for a series so far behind that stream
/// time had passed even that when the bucket opened, a step, grace and skew after it opened. Buckets close in order; one
/// that saw no value gives no step. Its covariates are the latest ones. The open buckets are at most grace ÷ step + 2.
/// Not thread-safe.
/// </remarks>
/// <param name="profile">Step, grace and the rest.</param>
/// <param name="covariates">Covariates of an observation, C.</param>
public sealed class Grid(SeriesProfile profile, int covariates = 0)
{
    private readonly OpenCovariates? beside = covariates > 0 ? new(covariates) : null;
    private Bucket[] open = new Bucket[2];
    private int count;
    private long closedThrough = long.MinValue;

    /// <summary>Largest event time added, in ticks: the series' own time.</summary>
    public long OwnTimeTicks { get; private set; } = long.MinValue;

    /// <summary>Bytes of the open buckets.</summary>
    public long Bytes => BytesOf(open.Length) + (beside?.Bytes ?? 0);

    /// <summary>Whether a bucket is open: a value waits, or a running total that may give one.</summary>
    public bool IsOpen => count > 0;

    /// <summary>Number of the earliest open step; one must be open.</summary>
    public long FirstIndex => open[0].Index;

    /// <summary>Stream time that closes the earliest open bucket, in ticks; long.MaxValue where none is open.</summary>
    public long DeadlineTicks => count > 0 ? open[0].DeadlineTicks : long.MaxValue;

    /// <summary>Whether the bucket of an event time is closed already: its record comes too late.</summary>
    /// <remarks>The series' own time closes a bucket whether or not it was ever open.</remarks>
    public bool IsLate(long timeTicks)
    {
        long index = profile.IndexOf(timeTicks);
        return index <= closedThrough || GraceEnd(index) <= OwnTimeTicks;
    }

    /// <summary>Adds an observation that is not late; advances the series' own time, closes nothing.</summary>
    /// <param name="timeTicks">Event time, in ticks.</param>
    /// <param name="value">Finite.</param>
    /// <param name="streamTimeTicks">Stream time, this observation's included, in ticks.</param>
    /// <param name="with">Its covariates, [C], NaN where it lacks one; or none.</param>
    public void Add(long timeTicks, double value, long streamTimeTicks, ReadOnlySpan<double> with = default)
    {
        int at = Open(timeTicks, streamTimeTicks, with);
        open[at].Add(timeTicks, value, profile.Aggregate);
    }

    /// <summary>Opens the bucket of an observation that is not late and whose value may follow; advances the series'
    /// own time, closes nothing.</summary>
    /// <param name="timeTicks">Event time, in ticks.</param>
    /// <param name="streamTimeTicks">Stream time, this observation's included, in ticks.</param>
    /// <param name="with">Its covariates, [C], NaN where it lacks one; or none.</param>
    /// <returns>Place of the bucket, until another opens or closes.</returns>
    public int Open(long timeTicks, long streamTimeTicks, ReadOnlySpan<double> with = default)
    {
        long index = profile.IndexOf(timeTicks);
        OwnTimeTicks = Math.Max(OwnTimeTicks, timeTicks);
        int at = PlacesThrough(index);
        if (at == 0 || open[at - 1].Index < index)
        {
            Insert(at, new Bucket(index, DeadlineOf(index, streamTimeTicks)));
            at++;
        }

        beside?.Add(at - 1, timeTicks, with);
        return at - 1;
    }

    /// <summary>Adds the value of an observation whose bucket was opened for it, and is open still.</summary>
    /// <param name="timeTicks">Event time, in ticks.</param>
    /// <param name="value">Finite.</param>
    public void Follow(long timeTicks, double value) =>
        open[PlacesThrough(profile.IndexOf(timeTicks)) - 1].Add(timeTicks, value, profile.Aggregate);

    /// <summary>Whether the time of the earliest open bucket has come.</summary>
    /// <param name="streamTimeTicks">Stream time, in ticks.</param>
    public bool IsDue(long streamTimeTicks) =>
        count > 0 && (GraceEnd(open[0].Index) <= OwnTimeTicks || open[0].DeadlineTicks <= streamTimeTicks);

    /// <summary>Closes the earliest open bucket, which is due.</summary>
    /// <param name="kind">What the values are: it decides between mean and sum where the profile does not.</param>
    /// <param name="with">Receives its covariates, [C].</param>
    /// <param name="closed">Its step.</param>
    /// <returns>Whether it gives one: one that saw no value does not.</returns>
    public bool TryClose(ValueKind kind, Span<double> with, out ClosedStep closed)
    {
        closedThrough = open[0].Index;
        bool hasValue = open[0].HasValue;
        closed = hasValue ? new(closedThrough, open[0].Value(profile.AggregateOf(kind))) : default;
        beside?.Take(count, with);
        count--;
        Array.Copy(open, 1, open, 0, count);
        return hasValue;
    }

    internal void WriteTo(StateWriter writer)
    {
        writer.Write(OwnTimeTicks);
        writer.Write(closedThrough);
        writer.Write(count);
        foreach (ref readonly Bucket bucket in open.AsSpan(0, count))
        {
            bucket.WriteTo(writer);
        }

        beside?.WriteTo(writer, count);
    }

    internal void ReadFrom(ref StateReader reader)
    {
        OwnTimeTicks = reader.Read<long>();
        closedThrough = reader.Read<long>();
        count = reader.ReadCount(reader.Left);
        open = new Bucket[Math.Max(count, open.Length)];
        for (int i = 0; i < count; i++)
        {
            open[i] = Bucket.ReadFrom(ref reader);
        }

        beside?.ReadFrom(ref reader, count);
    }

    /// <summary>Bytes of room for so many open buckets.</summary>
    internal static long BytesOf(int buckets) => SeriesMemory.ArrayOf<Bucket>(buckets);

    /// <summary>How many open buckets there are up to a step, its own included.</summary>
    private int PlacesThrough(long index)
    {
        int at = count;
        while (at > 0 && open[at - 1].Index > index)
        {
            at--;
        }

        return at;
    }

    private void Insert(int at, Bucket bucket)
    {
        if (count == open.Length)
        {
            Array.Resize(ref open, 2 * count);
        }

        Array.Copy(open, at, open, at + 1, count - at);
        open[at] = bucket;
        beside?.Insert(at, count);
        count++;
    }

    private long GraceEnd(long index) => profile.StartOf(index + 1) + profile.GraceTicks;

    private long DeadlineOf(long index, long streamTimeTicks)
    {
        long deadline = GraceEnd(index) + profile.MaxSkewTicks;
        return deadline > streamTimeTicks
            ? deadline
            : streamTimeTicks + profile.StepTicks + profile.GraceTicks + profile.MaxSkewTicks;
    }

    private struct Bucket(long index, long deadlineTicks)
    {
        private StepValue value;

        public long Index { get; } = index;

        public long DeadlineTicks { get; } = deadlineTicks;

        public readonly bool HasValue => value.HasValue;

        public void Add(long timeTicks, double added, Aggregate? aggregate) => value.Add(timeTicks, added, aggregate);

        public readonly double Value(Aggregate aggregate) => value.Of(aggregate);

        public readonly void WriteTo(StateWriter writer)
        {
            writer.Write(Index);
            writer.Write(DeadlineTicks);
            value.WriteTo(writer);
        }

        public static Bucket ReadFrom(ref StateReader reader) =>
            new(index: reader.Read<long>(), deadlineTicks: reader.Read<long>())
            {
                value = StepValue.ReadFrom(ref reader),
            };
    }
}
