using System.Diagnostics;
using Streaming.Inference.Experts;
using Streaming.Inference.Model;
using Streaming.Inference.Series;

namespace Benchmarks.Experts;

/// <summary>
/// Replays series, related or not, through the forecaster, and through mixtures that lack one of its experts each.
/// </summary>
internal sealed class GroupReplay
{
    private readonly Forecaster forecaster;
    private readonly StateTable states;
    private readonly SeriesState[] members;
    private readonly PendingSteps steps = new();
    private readonly ForecastBlock block;
    private readonly ExpertMixture[][] lacking;
    private readonly ExpertScratch without = new();
    private readonly double[] weights;
    private readonly double[] forecasts;
    private readonly int horizons;
    private ModelWeights network;

    /// <summary>Creates series that have seen nothing.</summary>
    /// <param name="file">Step and season.</param>
    /// <param name="series">How many.</param>
    /// <param name="horizonSteps">In steps, [K].</param>
    /// <param name="profile">Which experts.</param>
    /// <param name="parameters">The network; null: none.</param>
    /// <param name="ablates">Whether to mix without each.</param>
    public GroupReplay(
        ExpertsFile file, int series, int[] horizonSteps, ExpertProfile profile, ModelParameters? parameters,
        bool ablates)
    {
        horizons = horizonSteps.Length;
        ForecasterSettings settings = parameters is null
            ? new() { Horizons = [.. horizonSteps], LagSteps = 0 }
            : NetworkPretraining.Settings(horizonSteps);
        ModelParameters first = parameters ?? Silent(settings);
        network = ModelWeights.Pack(first);
        states = new StateTable(first.Shape, series);
        forecaster = new Forecaster(settings, first.Shape) { Issued = Collect };
        block = new ForecastBlock(horizons, settings.QuantileLevels.Length);
        members = Members(file, series, settings, profile, parameters is null ? 0 : first.Shape.Hidden);
        ExpertPlan plan = members[0].Experts!.Plan;
        Names = [.. plan.Names];
        without.Fit(plan);
        lacking = [.. members.Select(_ => Enumerable.Range(0, ablates ? Names.Length : 0)
            .Select(_ => new ExpertMixture(plan.Roster.Kinds, plan.Horizons, plan.Mixing)).ToArray())];
        weights = new double[series * Names.Length];
        forecasts = new double[Forecasters * series * horizons];
    }

    /// <summary>Names of the experts, [E].</summary>
    public string[] Names { get; }

    /// <summary>The forecast, the experts, then the mixtures without each.</summary>
    public int Forecasters => 1 + Names.Length + lacking[0].Length;

    /// <summary>Time spent in the forecaster, mixtures without one included.</summary>
    public Stopwatch Clock { get; } = new();

    /// <summary>Bytes of a series, without its row of hidden and cell state.</summary>
    public long BytesPerSeries => members[0].Bytes;

    /// <summary>Puts another version of the network in force.</summary>
    public void Adopt(ModelWeights version) => network = version;

    /// <summary>Takes one step of all series.</summary>
    /// <param name="values">Their values, [C].</param>
    /// <param name="timeTicks">Start of the step.</param>
    public void Step(double[] values, long timeTicks)
    {
        for (int c = 0; c < members.Length; c++)
        {
            steps.Add(new PendingStep(members[c], timeTicks, values[c], IsHeld: false, Restarts: false, Origin: c));
        }

        steps.FormWaves();
        block.Reserve(steps.Count);
        Clock.Start();
        forecaster.Step(network, states, steps.Steps, steps.Wave(0), block);
        Clock.Stop();
        for (int c = 0; c < members.Length; c++)
        {
            block.Yhat(c).CopyTo(Row(0, c));
        }

        steps.Clear();
    }

    /// <summary>Forecast of the last step.</summary>
    public double Forecast(int forecaster, int channel, int horizon) =>
        forecasts[(((forecaster * members.Length) + channel) * horizons) + horizon];

    /// <summary>The last forecast with its quantiles.</summary>
    public (double Middle, double Lower, double Upper) Interval(int channel, int horizon)
    {
        ReadOnlySpan<double> quantiles = block.Quantiles(channel);
        return (block.Yhat(channel)[horizon], quantiles[horizon], quantiles[^(horizons - horizon)]);
    }

    /// <summary>Weight of an expert in the last forecasts, averaged over horizons.</summary>
    public double Weight(int expert, int channel) => weights[(channel * Names.Length) + expert];

    /// <summary>A network that says nothing: what is not finite is left out.</summary>
    private static ModelParameters Silent(ForecasterSettings settings)
    {
        var silent = new ModelParameters(settings.ShapeOf(hidden: 1, layers: 1));
        silent.HeadBias.Fill(float.NaN);
        return silent;
    }

    private SeriesState[] Members(
        ExpertsFile file, int count, ForecasterSettings settings, ExpertProfile experts, int hidden)
    {
        var profile = new SeriesProfile
        {
            StepTicks = file.StepTicks,
            SeasonSteps = file.SeasonSteps,
            WindowSteps = Math.Max(672, 8 * file.SeasonSteps),
        };
        bool isGroup = file.IsGroup && count > 1;
        var plan = new ExpertPlan(
            profile, settings.Horizons, SeriesExpertsOptions.Of(experts), hidden, isGroup ? count : 1);
        SeriesGroup? group = isGroup ? new(count) : null;
        SeriesState[] all =
        [
            .. Enumerable.Range(0, count).Select(c => new SeriesState(profile, settings, states.Rent(), plan)
            {
                Tag = c,
                Group = group,
            }),
        ];
        for (int c = 0; isGroup && c < count; c++)
        {
            group!.Members[c] = all[c].Experts;
        }

        return all;
    }

    private Span<double> Row(int forecaster, int channel) =>
        forecasts.AsSpan(((forecaster * members.Length) + channel) * horizons, horizons);

    /// <summary>Keeps what the experts of a series said, and mixes them without each.</summary>
    private void Collect(SeriesState series, ExpertScratch said)
    {
        int c = (int)series.Tag!;
        double value = series.Window.Ago(0);
        for (int e = 0; e < Names.Length; e++)
        {
            said.Of(e).CopyTo(Row(1 + e, c));
            double sum = 0;
            for (int k = 0; k < horizons; k++)
            {
                sum += said.Weights[(k * Names.Length) + e] / horizons;
            }

            weights[(c * Names.Length) + e] = sum;
        }

        for (int e = 0; e < lacking[c].Length; e++)
        {
            double[] left = said.Forecasts.ToArray();
            left.AsSpan(e * horizons, horizons).Fill(double.NaN);
            int[] anchors =
                [.. said.Anchors.ToArray().Select(anchor => anchor == e ? ExpertRoster.Persistence : anchor)];
            lacking[c][e].Settle(value, without);
            lacking[c][e].Mix(value, said.ScoredUnit, anchors, left, without, Row(1 + Names.Length + e, c));
        }
    }
}
