using System.Diagnostics;
using System.Threading.Channels;
using Streaming.Daemon.Configuration;
using Streaming.Daemon.Serving;
using Streaming.Inference.Model;
using Streaming.Inference.Series;
using Streaming.Training.FineTuning;
using Streaming.Training.Gate;
using Streaming.Training.Samples;

namespace Streaming.Daemon.Tuning;

/// <summary>Runs of fine-tuning: take windows, judge on what is fresh in them, decide, train.</summary>
/// <remarks>One thread, the trainer's; every piece of work is paid for in rest.</remarks>
internal sealed partial class TuningRun(
    ForecasterOptions options, ForecasterSettings settings, ModelParameters champion, SampleTap tap, VersionDesk desk,
    DecisionLog decisions, RunLog runs, ForecasterMetrics metrics, TimeProvider clock, ILogger<TuningRun> logger)
{
    private readonly WindowEncoder encoder = new(settings);
    private readonly FineTuner tuner = new(champion, OptionsOf(options));
    private readonly ProcessorBudget budget = new(options, metrics);
    private readonly Dictionary<ulong, WindowSample> newest = [];
    private readonly List<double> losses = [];

    /// <summary>Does one run; none where no window has come: what is known was trained on already.</summary>
    /// <exception cref="OperationCanceledException">It is time to stop.</exception>
    public void Run(CancellationToken stopping)
    {
        long start = Stopwatch.GetTimestamp();
        DateTimeOffset begun = clock.GetUtcNow();
        losses.Clear();
        TakeWindows(stopping);
        if (newest.Count == 0)
        {
            LogIdle(0);
            return;
        }

        while (budget.Spend(tuner.ScoreBatch, stopping))
        {
        }

        string result = Act(tuner.Decide());
        int chunks = Train(stopping), updates = tuner.Updates;
        if (tuner.EndRun() is { } stopReason)
        {
            result = result == "kept" ? "failed" : result;
            LogStopped(stopReason);
            decisions.Add(new(clock.GetUtcNow(), "failed", desk.Current.Name, stopReason, null, null, updates));
        }

        if (chunks == 0 && result == "kept")
        {
            LogIdle(newest.Count);
            return;
        }

        metrics.TrainingRuns.WithLabels(result).Inc();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        metrics.TrainingDuration.Observe(seconds);
        runs.Add(new(begun, seconds, result, newest.Count, updates, [.. losses]));
        LogRun(result, newest.Count, updates);
    }

    private static FineTunerOptions OptionsOf(ForecasterOptions options) => new()
    {
        HorizonSteps = options.Model.Horizons,
        BufferWindows = options.Training.BufferWindows,
        BatchWindows = options.Training.BatchWindows,
        ChunkSteps = options.Training.ChunkSteps,
        LearningRate = options.Training.LearningRate,
        ClipNorm = options.Training.ClipNorm,
        Schedule = new() { RunUpdates = FineTuner.UpdatesOf(options.Training.ChunksPerRun) },
        MinGain = options.Training.MinGain,
        BlockSteps = options.Training.BlockSteps,
        MaxBlocks = options.Training.MaxBlocks,
        Seed = options.Training.Seed,
    };

    /// <summary>Takes the newest window of each series that came; older ones of the same series are contained in it.
    /// </summary>
    private void TakeWindows(CancellationToken stopping)
    {
        newest.Clear();
        ChannelReader<WindowSample> reader = tap.Reader;
        while (newest.Count < options.Training.BufferWindows && reader.TryRead(out WindowSample? sample))
        {
            newest[sample.Series] = sample;
        }

        foreach (WindowSample sample in newest.Values)
        {
            tuner.Add(budget.Spend(() => encoder.Encode(sample), stopping));
        }
    }

    /// <summary>Trains as many chunks as a run has, or as there are.</summary>
    private int Train(CancellationToken stopping)
    {
        int chunks = 0;
        while (chunks < options.Training.ChunksPerRun
            && budget.Spend(tuner.TrainChunk, stopping) is
            { Outcome: ChunkOutcome.Trained or ChunkOutcome.Carried } report)
        {
            chunks++;
            if (report.Outcome == ChunkOutcome.Trained)
            {
                losses.Add(report.Loss);
            }
        }

        return chunks;
    }

    /// <summary>Does what a verdict asks for, as far as versions may change, and says what became of it.</summary>
    private string Act(Verdict verdict)
    {
        if (verdict.Candidate.Blocks > 0)
        {
            metrics.TrainingLoss.WithLabels("champion").Set(verdict.Candidate.ChampionLoss);
            metrics.TrainingLoss.WithLabels("challenger").Set(verdict.Candidate.RivalLoss);
        }

        switch (verdict.Decision)
        {
            case Decision.None:
                return "kept";
            case Decision.Drop:
                Record("dropped", verdict);
                return "kept";
            case Decision.Promote when desk.MayChange:
                desk.Promote(tuner.Promote(), verdict.Reason);
                return Record("promoted", verdict);
            case Decision.RollBack when desk.MayChange:
                tuner.RollBack();
                desk.RollBack(verdict.Reason);
                return Record("rolled-back", verdict);
            default:
                return Record("shadowed", verdict);
        }
    }

    private string Record(string result, Verdict verdict)
    {
        string version = desk.Current.Name;
        decisions.Add(new(
            clock.GetUtcNow(), result, version, verdict.Reason, verdict.Candidate, verdict.Previous, verdict.Updates));
        Standing rival = verdict is { Decision: Decision.RollBack, Previous: { } before } ? before : verdict.Candidate;
        LogDecision(
            result, version, verdict.Reason, rival.Blocks, rival.Series, rival.ChampionLoss, rival.RivalLoss,
            rival.RelativeGain, rival.Evidence, rival.RequiredEvidence, verdict.Updates);
        return result;
    }

    [LoggerMessage(200, LogLevel.Debug, "Nothing to train yet: {Windows} windows came, none long enough")]
    private partial void LogIdle(int windows);

    [LoggerMessage(201, LogLevel.Information, "Training {Result}: {Windows} series came, {Updates} updates")]
    private partial void LogRun(string result, int windows, int updates);

    [LoggerMessage(202, LogLevel.Information,
        "Challenger {Result}, {Version} in force: {Reason}. {Blocks} blocks over {Series} series, "
        + "loss {ChampionLoss} → {RivalLoss}, gain {Gain}, evidence {Evidence} of {Required} after {Updates} updates")]
    private partial void LogDecision(
        string result, string version, string reason, int blocks, int series, double championLoss, double rivalLoss,
        double gain, double evidence, double required, int updates);

    [LoggerMessage(203, LogLevel.Warning, "Training stopped and starts over from the version in force: {Reason}")]
    private partial void LogStopped(string reason);
}
