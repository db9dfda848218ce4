using Streaming.Inference.Anomalies;
using Streaming.Inference.Experts;
using Streaming.Inference.Model;

namespace Streaming.Inference.Series;

/// <summary>Window, features, network, experts, forecast, for all pending steps of a task: the one code path of
/// daemon, backtest and tests.</summary>
/// <remarks>Holds a lane's scratch; not thread-safe. Allocates nothing once its scratch has grown.</remarks>
public sealed class Forecaster
{
    private const int BlockSteps = 256;

    private readonly ForecasterSettings settings;
    private readonly Features features;
    private readonly SeriesStep step;
    private readonly StepScratch scratch;
    private readonly BurnIn burnIn;
    private readonly int[] rows = new int[BlockSteps];
    private readonly Anchors[] anchors;
    private readonly float[] inputs;
    private readonly float[] skip;
    private readonly float[] outputs;

    /// <summary>Creates a forecaster with scratch of its own.</summary>
    /// <param name="settings">What all series share.</param>
    /// <param name="shape">Shape of every version it will be given.</param>
    public Forecaster(ForecasterSettings settings, ModelShape shape)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(shape);
        this.settings = settings;
        features = new Features(settings);
        step = new SeriesStep(settings);
        scratch = new StepScratch(shape, BlockSteps);
        burnIn = new BurnIn(settings, scratch);
        Scores = new LiveScores(settings.Horizons.Length);
        anchors = new Anchors[BlockSteps * settings.Horizons.Length];
        inputs = new float[BlockSteps * features.InputCount];
        skip = new float[BlockSteps * features.SkipCount];
        outputs = new float[BlockSteps * settings.Horizons.Length];
    }

    /// <summary>How the forecasts made so far have done.</summary>
    public LiveScores Scores { get; }

    /// <summary>Told of each step, after its forecast, what came of it and what the experts said; null: nobody is.
    /// </summary>
    public StepIssued? Issued { get; init; }

    /// <summary>Advances the series of one wave by a step each, where there is but one version.</summary>
    /// <param name="weights">Its weights.</param>
    /// <param name="states">Rows of hidden and cell state of the task.</param>
    /// <param name="steps">All pending steps.</param>
    /// <param name="wave">Places in steps of this wave; each series at most once.</param>
    /// <param name="forecasts">Receives the forecasts at the same places; room is reserved by the caller.</param>
    public void Step(
        ModelWeights weights, StateTable states, ReadOnlySpan<PendingStep> steps, ReadOnlySpan<int> wave,
        ForecastBlock forecasts) =>
        Step(new ServedWeights(0, weights, 0), states, steps, wave, forecasts);

    /// <summary>Advances the series of one wave by a step each. Those whose state is another version's burn in first,
    /// where this one asks for it.</summary>
    /// <param name="version">Version in force.</param>
    /// <param name="states">Rows of hidden and cell state of the task.</param>
    /// <param name="steps">All pending steps.</param>
    /// <param name="wave">Places in steps of this wave; each series at most once.</param>
    /// <param name="forecasts">Receives the forecasts at the same places; room is reserved by the caller.</param>
    public void Step(
        in ServedWeights version, StateTable states, ReadOnlySpan<PendingStep> steps, ReadOnlySpan<int> wave,
        ForecastBlock forecasts)
    {
        ArgumentNullException.ThrowIfNull(states);
        ArgumentNullException.ThrowIfNull(forecasts);
        for (int from = 0; from < wave.Length; from += BlockSteps)
        {
            ReadOnlySpan<int> block = wave.Slice(from, Math.Min(BlockSteps, wave.Length - from));
            Observe(version, states, steps, block, forecasts);
            NetworkStep.Run(
                version.Weights, states, rows.AsSpan(0, block.Length), inputs.AsSpan(0, block.Length * features.InputCount),
                skip.AsSpan(0, block.Length * features.SkipCount),
                outputs.AsSpan(0, block.Length * settings.Horizons.Length), scratch);
            Issue(states, steps, block, forecasts);
        }
    }

    private void Observe(
        in ServedWeights version, StateTable states, ReadOnlySpan<PendingStep> steps, ReadOnlySpan<int> block, ForecastBlock forecasts)
    {
        int horizons = settings.Horizons.Length;
        for (int b = 0; b < block.Length; b++)
        {
            ref readonly PendingStep pending = ref steps[block[b]];
            SeriesState series = pending.Series;
            if (pending.Restarts)
            {
                states.Clear(series.Row);
            }

            bool burnsIn = Follow(version, states, series, pending.Restarts);
            rows[b] = series.Row;
            AnomalyVerdict verdict = step.Observe(series, pending, Scores);
            forecasts[block[b]] = new()
            {
                Score = verdict.Score,
                Alarm = verdict.Alarm,
                Status = burnsIn ? SeriesStatus.BurnIn : step.StatusOf(series),
                Steps = series.Steps,
                Awaited = AwaitedForecast.Of(series.Ledger.Due(0)),
            };
            Span<Anchors> own = anchors.AsSpan(b * horizons, horizons);
            step.Anchor(series, own);
            features.Write(
                series, own, inputs.AsSpan(b * features.InputCount, features.InputCount),
                skip.AsSpan(b * features.SkipCount, features.SkipCount));
        }
    }

    /// <summary>Puts a series under a version.</summary>
    /// <returns>Whether its state was computed anew.</returns>
    private bool Follow(in ServedWeights version, StateTable states, SeriesState series, bool restarts)
    {
        bool burnsIn = series.Version != version.Id && series.Version != 0 && version.BurnInSteps > 0
            && series.Steps > 0 && !restarts;
        series.Version = version.Id;
        if (burnsIn)
        {
            burnIn.Run(version.Weights, states, series, version.BurnInSteps);
            series.Experts?.ForgetNetwork();
        }

        return burnsIn;
    }

    private void Issue(
        StateTable states, ReadOnlySpan<PendingStep> steps, ReadOnlySpan<int> block, ForecastBlock forecasts)
    {
        int horizons = settings.Horizons.Length;
        for (int b = 0; b < block.Length; b++)
        {
            int at = block[b];
            var output = new NetworkOutput(outputs.AsSpan(b * horizons, horizons), states.TopOf(rows[b]));
            step.Issue(
                steps[at], anchors.AsSpan(b * horizons, horizons), output, forecasts.Yhat(at), forecasts.Quantiles(at));
            if (steps[at].Series.Experts is { } experts)
            {
                Note(experts.Plan, forecasts.Weights(at));
            }

            Issued?.Invoke(
                new IssuedStep(steps[at], forecasts.Yhat(at), forecasts.Quantiles(at), forecasts[at], step.Scratch));
        }
    }

    private void Note(ExpertPlan plan, Span<float> wanted)
    {
        ReadOnlySpan<float> weights = step.Scratch.MeanWeights();
        Scores.AddWeights(plan, weights);
        wanted.Clear();
        weights[..Math.Min(wanted.Length, weights.Length)].CopyTo(wanted);
    }
}
