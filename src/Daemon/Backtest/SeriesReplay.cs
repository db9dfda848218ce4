using Streaming.Daemon.Pretraining;
using Streaming.Inference.Experts;
using Streaming.Inference.Model;
using Streaming.Inference.Series;
using Streaming.Training.Preparation;

namespace Streaming.Daemon.Backtest;

/// <summary>Replays series in the order of their times through the daemon's own intake and forecaster.</summary>
/// <remarks>
/// All series are one partition; what a moment closes is stepped before the next one. Not thread-safe.
/// </remarks>
internal sealed class SeriesReplay
{
    private readonly IReadOnlyList<FoundSeries> found;
    private readonly SeriesState[] members;
    private readonly ExpertPlan[] plans;
    private readonly StateTable states;
    private readonly PendingSteps steps = new();
    private readonly ForecastBlock forecasts;
    private readonly Forecaster forecaster;
    private readonly Intake intake;
    private readonly PriorityQueue<int, (long Time, int Series)> next = new();
    private readonly int[] taken;
    private readonly SeriesGroup? group;

    /// <summary>Creates series that have seen nothing.</summary>
    /// <param name="found">What to replay; values finite.</param>
    /// <param name="isGroup">Whether the series are forecast from one another, too; they share one profile then.</param>
    /// <param name="settings">Horizons and the rest that all share.</param>
    /// <param name="network">The first version.</param>
    /// <param name="hasReadout">Whether experts may read the network's state.</param>
    public SeriesReplay(
        IReadOnlyList<FoundSeries> found, bool isGroup, ForecasterSettings settings, ModelParameters network,
        bool hasReadout = true)
    {
        this.found = found;
        ModelShape shape = network.Shape;
        Version = ModelWeights.Pack(network);
        states = new StateTable(shape, found.Count);
        forecaster = new Forecaster(settings, shape) { Issued = Tell };
        forecasts = new ForecastBlock(settings.Horizons.Length, settings.QuantileLevels.Length);
        intake = new Intake(steps, (a, b) => Compare(PlaceOf(a), PlaceOf(b)));
        taken = new int[found.Count];
        int hidden = hasReadout ? shape.Hidden : 0;
        var byProfile = found.Select(one => one.Profile).Distinct().ToDictionary(
            profile => profile, profile => ExpertPlan.Of(profile, settings, hidden, isGroup ? found.Count : 1));
        plans = [.. found.Select(one => byProfile[one.Profile])];
        members =
        [
            .. found.Select((one, place) => new SeriesState(one.Profile, settings, states.Rent(), plans[place])
            {
                NamedKind = ValueKinds.OfName(one.Series.Id),
                Tag = place,
            }),
        ];
        if (isGroup)
        {
            group = new SeriesGroup(found[0].Profile, [.. found.Select(one => ValueKinds.OfName(one.Series.Id))]);
            Array.ForEach(members, member => group.Join(PlaceOf(member), member));
        }
    }

    /// <summary>Told of each step; <see cref="PlaceOf"/> has the place of its series.</summary>
    public StepIssued? Stepped { get; set; }

    /// <summary>Version in force.</summary>
    public ModelWeights Version { get; set; }

    /// <summary>Bytes of a series, without its row of hidden and cell state.</summary>
    public long BytesPerSeries => members[0].Bytes;

    /// <summary>The experts of a series.</summary>
    public ExpertPlan PlanOf(int place) => plans[place];

    /// <summary>Place of a series among those that are replayed.</summary>
    public static int PlaceOf(SeriesState series) => (int)series.Tag!;

    /// <summary>Replays what lies before a time.</summary>
    /// <param name="endTicks">Observations from then on are not looked at.</param>
    /// <param name="onTime">Told of each moment, with all that it closed stepped.</param>
    public void Run(long endTicks, Action<long> onTime)
    {
        next.Clear();
        Array.Clear(taken);
        for (int place = 0; place < found.Count; place++)
        {
            Await(place, endTicks);
        }

        long time = 0;
        while (next.TryPeek(out _, out (long Time, int Series) first))
        {
            time = first.Time;
            while (next.TryPeek(out int place, out (long Time, int Series) at) && at.Time == time)
            {
                next.Dequeue();
                Take(place);
                Await(place, endTicks);
            }

            Step();
            onTime(time);
        }

        Close(time);
        onTime(time);
    }

    private void Await(int place, long endTicks)
    {
        long[] times = found[place].Series.TimeTicks;
        if (taken[place] < times.Length && times[taken[place]] < endTicks)
        {
            next.Enqueue(place, (times[taken[place]], place));
        }
    }

    private void Take(int place)
    {
        RawSeries series = found[place].Series;
        int n = taken[place]++;
        var sample = new Sample(series.TimeTicks[n], series.Values[n]);
        group?.Note(place, sample);
        intake.Offer(members[place], sample, origin: 0, series.With(n));
    }

    /// <summary>Closes the last steps, as a later record of another series would.</summary>
    private void Close(long lastTicks)
    {
        long wait = members.Max(one => (2 * one.Profile.StepTicks) + one.Profile.GraceTicks + one.Profile.MaxSkewTicks);
        intake.Pass(lastTicks + wait, origin: 0);
        Step();
    }

    private void Step()
    {
        steps.FormWaves();
        forecasts.Reserve(steps.Count);
        for (int w = 0; w < steps.WaveCount; w++)
        {
            forecaster.Step(Version, states, steps.Steps, steps.Wave(w), forecasts);
        }

        steps.Clear();
    }

    private void Tell(in IssuedStep issued) => Stepped?.Invoke(issued);

    private int Compare(int a, int b) => string.CompareOrdinal(found[a].Series.Id, found[b].Series.Id);
}
