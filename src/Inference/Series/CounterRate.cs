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

    /// <summary>Takes the next total.</summary>
    /// <param name="sample">A running total; its time is after 1970.</param>
    /// <param name="perSecond">The rate that it gives, 0 or more.</param>
    /// <returns>Whether it gives one.</returns>
    public bool TryNext(in Sample sample, out double perSecond)
    {
        perSecond = 0;
        if (sample.TimeTicks <= newestTicks)
        {
            return false;
        }

        bool isFirst = newestTicks == 0;
        bool startsAnew = startTicks != 0 && sample.StartTicks != 0 && sample.StartTicks != startTicks;
        bool isReset = startsAnew || sample.Value < newest;
        bool knowsStart = sample.StartTicks != startTicks && sample.StartTicks > 0;
        long fromTicks = isReset ? sample.StartTicks : newestTicks;
        double added = isReset ? sample.Value : sample.Value - newest;
        (newest, newestTicks, startTicks) = (sample.Value, sample.TimeTicks, sample.StartTicks);
        if (isFirst || added < 0 || (isReset && !knowsStart) || fromTicks >= sample.TimeTicks)
        {
            return false;
        }

        perSecond = added * TimeSpan.TicksPerSecond / (sample.TimeTicks - fromTicks);
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
