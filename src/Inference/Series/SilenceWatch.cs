namespace Streaming.Inference.Series;

/// <summary>Tells, once, that a series has had no value for so many steps of its partition's stream time.</summary>
/// <remarks>
/// Counted from stream time when its last step closed, and past the allowed skew: a series that always lags behind is
/// not silent. While a step is open the news is put off until that must have closed, for it may have no value. A pure
/// function of the log. Not thread-safe.
/// </remarks>
/// <param name="queue">Receives the news, in the order (when it counts as silent, series id).</param>
/// <param name="idOrder">Order of two series by id.</param>
/// <param name="changed">Told of each series whose news are put off; may be null.</param>
internal sealed class SilenceWatch(
    PendingSteps queue, Comparison<SeriesState> idOrder, Action<SeriesState>? changed)
{
    private readonly StreamTimeWatch watch = new(series => series.SilenceTicks);
    private readonly List<SeriesState> silent = [];
    private readonly Comparison<SeriesState> dueThenId = (a, b) =>
        a.SilenceTicks.CompareTo(b.SilenceTicks) is var order and not 0 ? order : idOrder(a, b);

    /// <summary>A step of a series has closed.</summary>
    public void Heard(SeriesState series, long streamTimeTicks)
    {
        SeriesProfile profile = series.Profile;
        if (profile.SilenceSteps == 0)
        {
            return;
        }

        series.SilenceTicks = streamTimeTicks + (profile.SilenceSteps * profile.StepTicks) + profile.MaxSkewTicks;
        if (!series.IsSilenceWatched)
        {
            series.IsSilenceWatched = true;
            watch.Add(series);
        }
    }

    /// <summary>Goes on watching a series whose state was read back.</summary>
    public void Resume(SeriesState series)
    {
        if (series.IsSilenceWatched)
        {
            watch.Add(series);
        }
    }

    /// <summary>Queues the news of every series that is silent now.</summary>
    /// <param name="streamTimeTicks">Stream time, in ticks.</param>
    /// <param name="origin">The caller's number of the record that brought it there.</param>
    public void Report(long streamTimeTicks, int origin)
    {
        while (watch.TryTake(streamTimeTicks, out SeriesState series))
        {
            if (series.IsGone)
            {
                continue;
            }

            if (series.Grid.IsOpen)
            {
                series.SilenceTicks = series.Grid.DeadlineTicks; // ahead: what is due has closed
                watch.Add(series);
                changed?.Invoke(series);
                continue;
            }

            series.IsSilenceWatched = false;
            silent.Add(series);
        }

        silent.Sort(dueThenId);
        foreach (SeriesState quiet in silent)
        {
            long timeTicks = quiet.Profile.StartOf(quiet.LastIndex + quiet.Profile.SilenceSteps);
            queue.Add(new PendingStep(quiet, timeTicks, double.NaN, IsHeld: false, Restarts: false, origin)
            {
                IsSilence = true,
            });
        }

        silent.Clear();
    }
}
