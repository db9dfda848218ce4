namespace Streaming.Inference.Series;

/// <summary>Lets series go that have not been heard of for so much of their partition's stream time.</summary>
/// <remarks>A pure function of the log. Not thread-safe.</remarks>
/// <param name="leave">Told of each series that goes; it comes back as a new one.</param>
internal sealed class IdleWatch(Action<SeriesState> leave)
{
    private readonly StreamTimeWatch watch = new(DeadlineOf);

    /// <summary>A value of a series has been accepted.</summary>
    public void Seen(SeriesState series, long streamTimeTicks)
    {
        bool isFirst = series.SeenTicks == 0;
        series.SeenTicks = streamTimeTicks;
        if (isFirst && series.Profile.IdleTicks > 0)
        {
            watch.Add(series);
        }
    }

    /// <summary>Goes on watching a series whose state was read back.</summary>
    public void Resume(SeriesState series)
    {
        if (series.SeenTicks != 0 && series.Profile.IdleTicks > 0)
        {
            watch.Add(series);
        }
    }

    /// <summary>Lets all go that are idle now.</summary>
    public void Release(long streamTimeTicks)
    {
        while (watch.TryTake(streamTimeTicks, out SeriesState series))
        {
            series.IsGone = true;
            leave(series);
        }
    }

    /// <summary>Not before its open step closes, which a day of 25 hours may put off.</summary>
    private static long DeadlineOf(SeriesState series)
    {
        long idle = series.SeenTicks + series.Profile.IdleTicks, open = series.Grid.DeadlineTicks;
        return open == long.MaxValue ? idle : Math.Max(idle, open + 1);
    }
}
