using Streaming.Inference.Anomalies;
using Streaming.Inference.Experts;
using Streaming.Inference.Series.Codec;

namespace Streaming.Inference.Series;

/// <summary>Everything kept for one series but its hidden and cell state, which lie in a row of the task's table.</summary>
/// <remarks>One writer: the task of its partition.</remarks>
public sealed class SeriesState
{
    private const double RecentWeight = 1.0 / 8;

    private readonly int horizons;
    private readonly int levels;
    private double recentMean;

    /// <summary>Creates the state of a series that has seen nothing.</summary>
    /// <param name="profile">Its grid, season and window.</param>
    /// <param name="settings">Horizons and the rest that all series share.</param>
    /// <param name="row">Its row in the task's state table.</param>
    /// <param name="plan">Its experts; null: the network alone forecasts it, as in training.</param>
    public SeriesState(SeriesProfile profile, ForecasterSettings settings, int row, ExpertPlan? plan = null)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(settings);
        Profile = profile;
        Row = row;
        int covariates = settings.Covariates.Length;
        Covariates = covariates > 0 ? new(covariates) : null;
        Grid = new Grid(profile, covariates);
        Window = new Window(profile.WindowSteps, keepsTimes: profile.IsEventMode, covariates);
        Ledger = new Ledger(settings.Horizons.AsSpan());
        Anchoring = new AnchorChoice(settings.Horizons.Length);
        Experts = plan is null ? null : new(plan, Window);
        Intervals = new IntervalTracker(
            settings.Horizons.Length, settings.QuantileLevels.Length, profile.SeasonSteps);
        (horizons, levels) = (settings.Horizons.Length, settings.QuantileLevels.Length);
    }

    /// <summary>Its grid, season and window.</summary>
    public SeriesProfile Profile { get; }

    /// <summary>Row of its hidden and cell state.</summary>
    public int Row { get; }

    /// <summary>Values that come with its own, C.</summary>
    public int CovariateCount => Covariates?.Count ?? 0;

    /// <summary>Its open buckets.</summary>
    public Grid Grid { get; }

    /// <summary>Its last values.</summary>
    public Window Window { get; }

    /// <summary>Start of the newest step, in ticks; in event mode the time of the newest event.</summary>
    public long TimeTicks { get; private set; }

    /// <summary>Steps seen since it was last cold, held ones included.</summary>
    public long Steps { get; private set; }

    /// <summary>What its values are where neither profile nor producer say so.</summary>
    public ValueKind NamedKind { get; init; } = ValueKind.Gauge;

    /// <summary>What its newest value was.</summary>
    public ValueKind Kind { get; private set; }

    /// <summary>What its values are measured in, by the latest that said so; null: none has.</summary>
    public MeasureUnit? Unit { get; internal set; }

    /// <summary>What its steps are measured in: of running totals, rates; null: unknown, or they count values.</summary>
    public MeasureUnit? StepUnit => Profile is { IsEventMode: false, Aggregate: Aggregate.Count } ? null
        : Kind == ValueKind.Counter ? Unit?.PerSecond
        : Unit;

    /// <summary>Number of the version that its hidden and cell state are of; 0 before its first step, or where there is
    /// but one.</summary>
    public int Version { get; internal set; }

    /// <summary>Whatever hosts the series hangs its own record here.</summary>
    public object? Tag { get; init; }

    /// <summary>Stream time of its partition when its latest value came, in ticks; 0 before the first.</summary>
    public long SeenTicks { get; internal set; }

    /// <summary>Whether it has been let go: no step of it comes any more.</summary>
    public bool IsGone { get; internal set; }

    internal Scaler Scaler;

    private CounterRate counter;
    private OpenTotals totals;

    internal AnomalyTracker Anomaly;

    /// <summary>Steps without a value since the newest one.</summary>
    internal int HeldSteps { get; private set; }

    /// <summary>The values that come with its own; null where there are none.</summary>
    internal Covariates? Covariates { get; }

    internal Ledger Ledger { get; }

    /// <summary>What the network is measured from.</summary>
    internal AnchorChoice Anchoring { get; }

    /// <summary>What forecasts it beside the network, and mixes all; null where the network is alone.</summary>
    internal SeriesExperts? Experts { get; }

    /// <summary>Related series that it is forecast from, too; null: none.</summary>
    internal SeriesGroup? Group { get; set; }

    /// <summary>Its place in the group.</summary>
    internal int GroupPlace { get; set; }

    /// <summary>How far values fall from its forecasts.</summary>
    internal IntervalTracker Intervals { get; }

    /// <summary>A fast running mean, in the series' unit.</summary>
    internal double RecentMean => recentMean;

    /// <summary>Number of the newest step that intake has passed on; it runs ahead of <see cref="Steps"/>.</summary>
    internal long LastIndex { get; set; } = long.MinValue;

    /// <summary>Place of the next pending step of this series among the waves being formed.</summary>
    internal int NextWave { get; set; }

    /// <summary>When another series' record may close this one's earliest bucket, in ticks of stream time.</summary>
    /// <remarks>Never after its true deadline; long.MaxValue while none is watched.</remarks>
    internal long WatchTicks { get; set; } = long.MaxValue;

    /// <summary>When it counts as silent, in ticks of stream time; meaningless before its first step.</summary>
    internal long SilenceTicks { get; set; }

    /// <summary>Whether its silence is watched for.</summary>
    internal bool IsSilenceWatched { get; set; }

    /// <summary>Bytes it holds, without its row.</summary>
    public long Bytes => SeriesMemory.ObjectBytes + Grid.Bytes + totals.Bytes + Window.Bytes + Ledger.Bytes
        + AnchorChoice.BytesOf(horizons) + IntervalTracker.BytesOf(horizons, levels, Profile.SeasonSteps) + (Experts is null ? 0 : SeriesExperts.BytesOf(Experts.Plan))
        + (Covariates?.Bytes ?? 0);

    /// <summary>Whether a sample comes too late for the grid: its bucket is closed, or it is a total older than one that
    /// had to be taken before its bucket closed (see <see cref="OpenTotals"/>).</summary>
    internal bool IsLate(in Sample sample) => Grid.IsLate(sample.TimeTicks)
        || (KindOf(sample) == ValueKind.Counter && sample.TimeTicks < counter.NewestTicks);

    /// <summary>Puts a sample that is not late on the grid; closes nothing.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="streamTimeTicks">Stream time, this sample's included, in ticks.</param>
    /// <param name="with">Its covariates, [C], NaN where it lacks one; or none.</param>
    internal void Add(in Sample sample, long streamTimeTicks, ReadOnlySpan<double> with)
    {
        Note(sample);
        if (Kind != ValueKind.Counter)
        {
            Grid.Add(sample.TimeTicks, sample.Value, streamTimeTicks, with);
            return;
        }

        Grid.Open(sample.TimeTicks, streamTimeTicks, with);
        Total total = TotalOf(sample);
        if (total.TimeTicks != counter.NewestTicks && totals.Add(total, out Total oldest))
        {
            AddRate(oldest);
        }
    }

    /// <summary>Closes the earliest open bucket, which is due.</summary>
    /// <param name="with">Receives its covariates, [C].</param>
    /// <param name="closed">Its step.</param>
    /// <returns>Whether it gives one.</returns>
    internal bool TryClose(Span<double> with, out ClosedStep closed)
    {
        ReadOnlySpan<Total> waiting = totals.Waiting;
        int taken = 0;
        while (taken < waiting.Length && Profile.IndexOf(waiting[taken].TimeTicks) <= Grid.FirstIndex)
        {
            AddRate(waiting[taken++]);
        }

        totals.Drop(taken);
        return Grid.TryClose(Kind, with, out closed);
    }

    /// <summary>Takes note of a sample's kind and unit, and turns a running total into a rate; in event mode.</summary>
    /// <param name="sample">One that is not late.</param>
    /// <param name="value">The value of the step, in the series' unit.</param>
    /// <returns>Whether there is one: see <see cref="CounterRate"/>.</returns>
    internal bool TryMeasure(in Sample sample, out double value)
    {
        Note(sample);
        value = sample.Value;
        return Kind != ValueKind.Counter || counter.TryNext(TotalOf(sample), out value);
    }

    private void AddRate(in Total total)
    {
        if (counter.TryNext(total, out double perSecond))
        {
            Grid.Follow(total.TimeTicks, perSecond);
        }
    }

    private void Note(in Sample sample) => (Kind, Unit) = (KindOf(sample), sample.Unit ?? Unit);

    private ValueKind KindOf(in Sample sample) => Profile.Kind != ValueKind.Auto ? Profile.Kind
        : sample.Kind != ValueKind.Auto ? sample.Kind
        : NamedKind;

    private static Total TotalOf(in Sample sample) => new(sample.TimeTicks, sample.Value, sample.StartTicks);

    /// <summary>Takes the value of the next step into window and scaler.</summary>
    /// <param name="timeTicks">Start of the step, or time of the event, in ticks.</param>
    /// <param name="value">Its value, in the series' unit.</param>
    /// <param name="isHeld">Whether it was held over a gap: then the scaler does not see it.</param>
    /// <param name="scaling">What values are measured from and in.</param>
    /// <param name="with">Its covariates, [C], NaN where it lacks one; or none.</param>
    internal void Take(
        long timeTicks, double value, bool isHeld, Scaling scaling = Scaling.Standard,
        ReadOnlySpan<double> with = default)
    {
        int span = Math.Max(2 * Profile.SeasonSteps, 96);
        TimeTicks = timeTicks;
        recentMean = Steps == 0 ? value : recentMean + (RecentWeight * (value - recentMean));
        Steps++;
        HeldSteps = isHeld ? HeldSteps + 1 : 0;
        if (!isHeld)
        {
            Scaler.Add(value, span, scaling);
            AddSeason(value, span);
        }

        Covariates?.Take(with, span, scaling);
        Window.Push(value, isHeld, timeTicks, with);
    }

    private void AddSeason(double value, int span)
    {
        int season = Profile.SeasonSteps;
        if (season > 0 && Window.Count >= season && !Window.IsHeldAgo(season - 1))
        {
            Scaler.AddSeason(value - Window.Ago(season - 1), span);
        }
    }

    /// <summary>Makes the series cold: all it has learnt is forgotten but its grid.</summary>
    internal void Restart()
    {
        (Steps, HeldSteps) = (0, 0);
        Scaler = default;
        Anomaly.Restart();
        Window.Clear();
        Covariates?.Clear();
        Ledger.Clear();
        Anchoring.Clear();
        Experts?.Clear();
        Intervals.Clear();
    }

    /// <summary>Writes all but hidden and cell state.</summary>
    internal void WriteTo(StateWriter writer)
    {
        writer.Write(TimeTicks);
        writer.Write(Steps);
        writer.Write(Version);
        writer.Write(HeldSteps);
        writer.Write(recentMean);
        writer.Write((byte)Kind);
        writer.Write(SeenTicks);
        writer.Write(LastIndex);
        writer.Write(SilenceTicks);
        writer.Write(IsSilenceWatched);
        Scaler.WriteTo(writer);
        counter.WriteTo(writer);
        totals.WriteTo(writer);
        Anomaly.WriteTo(writer);
        Covariates?.WriteTo(writer);
        Grid.WriteTo(writer);
        Window.WriteTo(writer);
        Ledger.WriteTo(writer);
        Anchoring.WriteTo(writer);
        Experts?.WriteTo(writer);
        Intervals.WriteTo(writer);
    }

    internal void ReadFrom(ref StateReader reader)
    {
        TimeTicks = reader.Read<long>();
        Steps = reader.Read<long>();
        Version = reader.Read<int>();
        HeldSteps = reader.Read<int>();
        recentMean = reader.Read<double>();
        Kind = (ValueKind)reader.Read<byte>();
        SeenTicks = reader.Read<long>();
        LastIndex = reader.Read<long>();
        SilenceTicks = reader.Read<long>();
        IsSilenceWatched = reader.ReadFlag();
        Scaler.ReadFrom(ref reader);
        counter.ReadFrom(ref reader);
        totals.ReadFrom(ref reader);
        Anomaly.ReadFrom(ref reader);
        Covariates?.ReadFrom(ref reader);
        Grid.ReadFrom(ref reader);
        Window.ReadFrom(ref reader);
        Ledger.ReadFrom(ref reader);
        Anchoring.ReadFrom(ref reader);
        Experts?.ReadFrom(ref reader);
        Intervals.ReadFrom(ref reader);
    }
}
