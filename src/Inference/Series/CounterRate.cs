using Streaming.Inference.Series.Codec;

namespace Streaming.Inference.Series;

/// <summary>Turns the running total of one series into rates per second.</summary>
/// <remarks>
/// A rate spans the time from the total before, and belongs to the time of the later one. A total that falls, or that
/// began to count at another time, was reset: its rate counts from zero over the time since that start, and where the
/// start is not known, or not new, it has none. So a rate is never negative. A total that is older than the newest one
/// has no rate: what it counted is part of the newest one's. The very first total has none either.
/// </remarks>
internal struct CounterRate
{
    private double newest;
    private long newestTicks; // 0: none yet, event times begin in 1970
    private long startTicks;

    /// <summary>Event time of the newest total, in ticks; 0 before the first.</summary>
    public readonly long NewestTicks => newestTicks;

    /// <summary>Takes the next total.</summary>
    /// <param name="total">The total.</param>
    /// <param name="perSecond">The rate that it gives, 0 or more.</param>
    /// <returns>Whether it gives one.</returns>
    public bool TryNext(in Total total, out double perSecond)
    {
        perSecond = 0;
        if (total.TimeTicks <= newestTicks)
        {
            return false;
        }

        bool isFirst = newestTicks == 0;
        bool startsAnew = startTicks != 0 && total.StartTicks != 0 && total.StartTicks != startTicks;
        bool isReset = startsAnew || total.Value < newest;
        bool knowsStart = total.StartTicks != startTicks && total.StartTicks > 0;
        long fromTicks = isReset ? total.StartTicks : newestTicks;
        double added = isReset ? total.Value : total.Value - newest;
        (newest, newestTicks, startTicks) = (total.Value, total.TimeTicks, total.StartTicks);
        if (isFirst || added < 0 || (isReset && !knowsStart) || fromTicks >= total.TimeTicks)
        {
            return false;
        }

        perSecond = added * TimeSpan.TicksPerSecond / (total.TimeTicks - fromTicks);
        return true;
    }

    internal readonly void WriteTo(StateWriter writer)
    {
        writer.Write(newest);
        writer.Write(newestTicks);
        writer.Write(startTicks);
    }

    internal void ReadFrom(ref StateReader reader)
    {
        newest = reader.Read<double>();
        newestTicks = reader.Read<long>();
        startTicks = reader.Read<long>();
    }
}
