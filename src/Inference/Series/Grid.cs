namespace Streaming.Inference.Series;

/// <summary>Turns the observations of one series into closed steps: a few open buckets on a fixed grid.</summary>
/// <remarks>
/// A bucket covers [index · step, (index + 1) · step) and closes when the series' own time, or a stream time given by
/// the caller, has passed its end plus grace. Buckets close in order; one that saw no value gives no step. The open
/// buckets are at most grace ÷ step + 2. Not thread-safe.
/// </remarks>
public sealed class Grid(SeriesProfile profile)
{
    private Bucket[] open = new Bucket[2];
    private int count;
    private long closedThrough = long.MinValue;

    /// <summary>Largest event time added, in ticks: the series' own time.</summary>
    public long OwnTimeTicks { get; private set; } = long.MinValue;

    /// <summary>Whether a bucket is open.</summary>
    public bool HasOpen => count > 0;

    /// <summary>End of the earliest open bucket, in ticks.</summary>
    /// <exception cref="InvalidOperationException">No bucket is open.</exception>
    public long EarliestEndTicks => count > 0
        ? (open[0].Index + 1) * profile.StepTicks
        : throw new InvalidOperationException("No bucket is open.");

    /// <summary>Whether the bucket of an event time is closed already: its record comes too late.</summary>
    /// <remarks>The series' own time closes a bucket whether or not it saw a value.</remarks>
    public bool IsLate(long timeTicks)
    {
        long index = timeTicks / profile.StepTicks;
        return index <= closedThrough || ((index + 1) * profile.StepTicks) + profile.GraceTicks <= OwnTimeTicks;
    }

    /// <summary>Adds an observation that is not late; advances the series' own time, closes nothing.</summary>
    public void Add(long timeTicks, double value)
    {
        long index = timeTicks / profile.StepTicks;
        OwnTimeTicks = Math.Max(OwnTimeTicks, timeTicks);
        int at = count;
        while (at > 0 && open[at - 1].Index > index)
        {
            at--;
        }

        if (at > 0 && open[at - 1].Index == index)
        {
            open[at - 1].Add(timeTicks, value);
            return;
        }

        if (count == open.Length)
        {
            Array.Resize(ref open, 2 * count);
        }

        Array.Copy(open, at, open, at + 1, count - at);
        open[at] = new Bucket(index, timeTicks, value);
        count++;
    }

    /// <summary>Takes the earliest open bucket if a time has passed its end plus grace.</summary>
    /// <param name="nowTicks">Own time of the series, or stream time less the allowed skew.</param>
    /// <param name="closed">The step, where there is one.</param>
    public bool TryClose(long nowTicks, out ClosedStep closed)
    {
        if (count == 0 || EarliestEndTicks + profile.GraceTicks > nowTicks)
        {
            closed = default;
            return false;
        }

        closedThrough = open[0].Index;
        closed = new ClosedStep(closedThrough, open[0].Value(profile.Aggregate));
        count--;
        Array.Copy(open, 1, open, 0, count);
        return true;
    }

    private struct Bucket(long index, long timeTicks, double value)
    {
        private double sum = value;
        private double last = value;
        private long lastTicks = timeTicks;
        private int values = 1;

        public long Index { get; } = index;

        public void Add(long timeTicks, double value)
        {
            sum += value;
            values++;
            if (timeTicks >= lastTicks)
            {
                (last, lastTicks) = (value, timeTicks);
            }
        }

        public readonly double Value(Aggregate aggregate) => aggregate switch
        {
            Aggregate.Mean => sum / values,
            Aggregate.Sum => sum,
            _ => last,
        };
    }
}
