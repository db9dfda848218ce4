namespace Streaming.Inference.Series;

/// <summary>Turns the observations of one partition into pending steps: grids, gaps, late records.</summary>
/// <remarks>
/// A pure function of the observations in the order of the log: no clock. When a bucket closes is told by
/// <see cref="Grid"/>; stream time closes those of silent series, too. What one observation closes is queued in the
/// order (end of bucket, series id). Not thread-safe.
/// </remarks>
/// <param name="queue">Receives the pending steps.</param>
/// <param name="idOrder">Order of two series by id, for steps that close at once.</param>
/// <param name="leave">Told of each series that has been idle for too long; null where they are kept.</param>
/// <param name="changed">Told of each series that another's record may have changed without a step.</param>
public sealed class Intake(
    PendingSteps queue, Comparison<SeriesState> idOrder, Action<SeriesState>? leave = null,
    Action<SeriesState>? changed = null)
{
    private readonly PriorityQueue<SeriesState, long> watch = new();
    private readonly SilenceWatch silence = new(queue, idOrder, changed);
    private readonly IdleWatch idle = new(leave ?? (_ => { }));
    private readonly List<(SeriesState Series, ClosedStep Step, Memory<double> With)> closing = [];
    private readonly Comparison<(SeriesState Series, ClosedStep Step, Memory<double> With)> endThenId = (a, b) =>
        End(a).CompareTo(End(b)) is var order and not 0 ? order : idOrder(a.Series, b.Series);

    /// <summary>Largest accepted event time of the partition, in ticks.</summary>
    public long StreamTimeTicks { get; private set; } = long.MinValue;

    /// <summary>Takes one observation.</summary>
    /// <param name="series">The series it belongs to.</param>
    /// <param name="sample">Its time, value and kind.</param>
    /// <param name="origin">The caller's number of the record.</param>
    /// <param name="with">Its covariates, [C], NaN where it lacks one; or none.</param>
    public IntakeResult Offer(SeriesState series, in Sample sample, int origin, ReadOnlySpan<double> with = default)
    {
        ArgumentNullException.ThrowIfNull(series);
        IntakeResult result = series.Profile.IsEventMode
            ? OfferEvent(series, sample, with, origin)
            : OfferToGrid(series, sample, with, origin);
        if (result == IntakeResult.Accepted)
        {
            idle.Seen(series, StreamTimeTicks);
        }

        return result;
    }

    /// <summary>Moves stream time for an observation that is done for its own series, but not for all others.</summary>
    /// <param name="timeTicks">Its event time.</param>
    /// <param name="origin">The caller's number of the record.</param>
    public void Pass(long timeTicks, int origin)
    {
        AdvanceStreamTime(timeTicks);
        Flush(origin);
    }

    /// <summary>Lets the series go that have been idle for too long; to be called after each record, so that no series
    /// comes and goes within one.</summary>
    public void LetGo() => idle.Release(StreamTimeTicks);

    /// <summary>Goes on at a stream time that an earlier intake has reached.</summary>
    /// <param name="streamTimeTicks">In ticks; long.MinValue where it had seen nothing.</param>
    public void Resume(long streamTimeTicks) => StreamTimeTicks = streamTimeTicks;

    /// <summary>Watches a series whose state was read back, as the intake did that it comes from.</summary>
    public void Resume(SeriesState series)
    {
        ArgumentNullException.ThrowIfNull(series);
        Watch(series);
        silence.Resume(series);
        idle.Resume(series);
    }

    private IntakeResult OfferEvent(SeriesState series, in Sample sample, ReadOnlySpan<double> with, int origin)
    {
        if (sample.TimeTicks < series.LastIndex)
        {
            return IntakeResult.Late;
        }

        series.LastIndex = sample.TimeTicks;
        AdvanceStreamTime(sample.TimeTicks);
        Flush(origin);
        if (series.TryMeasure(sample, out double value))
        {
            Memory<double> kept = queue.Rent(with.Length);
            with.CopyTo(kept.Span);
            queue.Add(new PendingStep(series, sample.TimeTicks, value, IsHeld: false, Restarts: false, origin)
            {
                Covariates = kept,
            });
        }

        return IntakeResult.Accepted;
    }

    private IntakeResult OfferToGrid(SeriesState series, in Sample sample, ReadOnlySpan<double> with, int origin)
    {
        if (series.IsLate(sample))
        {
            return IntakeResult.Late;
        }

        series.Add(sample, Math.Max(StreamTimeTicks, sample.TimeTicks), with);
        AdvanceStreamTime(sample.TimeTicks);
        CloseDue(series);
        Watch(series);
        Flush(origin);
        return IntakeResult.Accepted;
    }

    private void AdvanceStreamTime(long timeTicks)
    {
        StreamTimeTicks = Math.Max(StreamTimeTicks, timeTicks);
        while (watch.TryPeek(out SeriesState? series, out long deadline) && deadline <= StreamTimeTicks)
        {
            watch.Dequeue();
            if (deadline != series.WatchTicks)
            {
                continue; // replaced by an earlier one
            }

            series.WatchTicks = long.MaxValue;
            CloseDue(series);
            Watch(series);
        }
    }

    private void CloseDue(SeriesState series)
    {
        while (series.Grid.IsDue(StreamTimeTicks))
        {
            Memory<double> with = queue.Rent(series.CovariateCount);
            if (series.TryClose(with.Span, out ClosedStep step))
            {
                closing.Add((series, step, with));
            }
            else
            {
                changed?.Invoke(series);
            }
        }
    }

    private void Watch(SeriesState series)
    {
        long deadline = series.Grid.DeadlineTicks;
        if (deadline < series.WatchTicks)
        {
            watch.Enqueue(series, deadline);
            series.WatchTicks = deadline;
        }
    }

    private void Flush(int origin)
    {
        if (closing.Count > 1)
        {
            closing.Sort(endThenId);
        }

        foreach ((SeriesState series, ClosedStep step, Memory<double> with) in closing)
        {
            Queue(series, step, with, origin);
        }

        closing.Clear();
        silence.Report(StreamTimeTicks, origin);
    }

    private void Queue(SeriesState series, ClosedStep step, Memory<double> with, int origin)
    {
        long gap = series.LastIndex == long.MinValue ? 0 : step.Index - series.LastIndex - 1;
        bool restarts = gap > series.Profile.MaxGapSteps;
        for (long i = restarts ? 0 : gap; i > 0; i--)
        {
            long timeTicks = series.Profile.StartOf(step.Index - i);
            queue.Add(new PendingStep(series, timeTicks, double.NaN, IsHeld: true, Restarts: false, origin)
            {
                GapEnd = step.Value,
                StepsToGapEnd = (int)i + 1,
                Seen = Look(series, timeTicks),
            });
        }

        series.LastIndex = step.Index;
        long startTicks = series.Profile.StartOf(step.Index);
        queue.Add(new PendingStep(series, startTicks, step.Value, IsHeld: false, restarts, origin)
        {
            Covariates = with,
            Seen = Look(series, startTicks),
        });
        silence.Heard(series, StreamTimeTicks);
    }

    /// <summary>What a step sees of the others of its series' group: noted here, in the order of the log, since by the time
    /// of its wave they may have had more values.</summary>
    private Memory<double> Look(SeriesState series, long startTicks)
    {
        if (series.Group is not { } group)
        {
            return default;
        }

        Memory<double> seen = queue.Rent(group.FeatureCount);
        group.Look(series.GroupPlace, startTicks, seen.Span);
        return seen;
    }

    private static long End((SeriesState Series, ClosedStep Step, Memory<double> With) closed) =>
        closed.Series.Profile.StartOf(closed.Step.Index + 1);
}
