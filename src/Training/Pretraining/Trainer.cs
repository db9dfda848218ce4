using Streaming.Inference.Model;
using Streaming.Training.FineTuning;
using Streaming.Training.Samples;
using Streaming.Training.Threads;

namespace Streaming.Training.Pretraining;

/// <summary>Trains a network on whole series, epoch after epoch, and keeps the weights that validate best.</summary>
/// <remarks>
/// Truncated backpropagation with carried state over contiguous segments. Pure: the same start, series and options give
/// the same bits, for any number of threads and wherever training was paused. Not thread-safe; reads no clock.
/// </remarks>
public sealed class Trainer : IDisposable
{
    /// <summary>Targets are within ±10 scales: a mean loss like this comes from weights that have run away.</summary>
    private const double ExplodedLoss = 1e6;

    private readonly TrainerOptions options;
    private readonly IReadOnlyList<EncodedWindow> windows;
    private readonly SegmentPlan plan;
    private readonly WorkerTeam team;
    private readonly ChunkTrainer trainer;
    private readonly HeldOutLoss validation;
    private readonly EpochTotals totals = new();
    private readonly BestWeights best;
    private int epochs = -1;
    private int batches;

    /// <summary>Prepares training from some weights.</summary>
    /// <param name="start">Weights to start from; copied.</param>
    /// <param name="windows">One a series, as long as the series; read only.</param>
    /// <param name="options">Settings.</param>
    /// <exception cref="ArgumentException">
    /// A setting is out of bounds, a weight is not finite, or a window does not have the network's widths.
    /// </exception>
    public Trainer(ModelParameters start, IReadOnlyList<EncodedWindow> windows, TrainerOptions options)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(windows);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(start.Shape.Outputs);
        if (!Array.TrueForAll(start.Values, float.IsFinite))
        {
            throw new ArgumentException("A weight of the start is not finite.", nameof(start));
        }

        if (!windows.All(window => window.Fits(start.Shape)))
        {
            throw new ArgumentException($"A window does not have the widths of {start.Shape}.", nameof(windows));
        }

        this.windows = windows;
        plan = new(windows, options);
        this.options = options with { Schedule = options.Schedule with { RunUpdates = plan.PlannedUpdates } };
        best = new(start, options.MinImprovement);
        team = new(options.Threads);
        trainer = new(start, this.options, team);
        validation = new(trainer.Parameters.Layout, this.options);
    }

    /// <summary>Trains until an end; after a cancellation, or on a restored state, from where training was.</summary>
    /// <param name="onEpoch">Told about each epoch, and first about the network before training; may capture the state.
    /// </param>
    /// <param name="onBatch">Told about each batch.</param>
    /// <param name="cancellation">Looked at between batches.</param>
    public TrainingEnd Run(
        Action<EpochReport>? onEpoch = null,
        Action<BatchProgress>? onBatch = null,
        CancellationToken cancellation = default)
    {
        if (FindBadData() is { } fault)
        {
            return End(TrainingStop.BadData, fault);
        }

        if (epochs < 0 && Judge(onEpoch) is { } startFault)
        {
            return End(TrainingStop.Diverged, startFault);
        }

        while (epochs < options.Epochs)
        {
            if (epochs - best.Epoch >= options.Patience && plan.Validation.Length > 0)
            {
                return End(
                    TrainingStop.EarlyStopped, $"no better validation loss for {options.Patience} epochs");
            }

            if (!TryTrainEpoch(onBatch, cancellation, out string? failure))
            {
                return failure is null
                    ? End(TrainingStop.Cancelled, $"cancelled in epoch {epochs + 1}")
                    : End(TrainingStop.Diverged, failure);
            }

            if (Judge(onEpoch) is { } epochFault)
            {
                return End(TrainingStop.Diverged, epochFault);
            }
        }

        return End(TrainingStop.Completed, $"{options.Epochs} epochs done");
    }

    /// <summary>Copies all that training on from here needs; while it runs, from within onEpoch alone.</summary>
    public TrainerState Capture() =>
        TrainerState.Of(trainer.Capture(), totals, best, options.Seed, epochs, batches);

    /// <summary>Goes on from a captured state, on the same series and options.</summary>
    /// <exception cref="ArgumentException">The state is of another shape or seed.</exception>
    public void Restore(TrainerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Seed != options.Seed)
        {
            throw new ArgumentException($"The state is of seed {state.Seed}, not {options.Seed}.", nameof(state));
        }

        ModelShape shape = trainer.Parameters.Layout.Shape;
        best.Restore(ModelParameters.Of(shape, state.BestParameters), state.BestEpoch, state.BestLoss);
        trainer.Restore(state.ChunkTrainer(shape));
        totals.Restore(state.EpochUpdates, state.LossSum, state.NormSum, state.LearningRate);
        epochs = state.Epochs;
        batches = state.Batches;
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose() => team.Dispose();

    private string? FindBadData()
    {
        EncodedWindow? bad = windows.FirstOrDefault(window => !window.IsFinite());
        return bad is not null ? $"series {bad.Series:x16} holds a number that is not finite"
            : windows.All(window => !Array.Exists(window.Weights, weight => weight > 0)) ? "no series has a label"
            : null;
    }

    /// <summary>Trains the rest of an epoch's batches; false with a failure, or without one where cancelled.</summary>
    private bool TryTrainEpoch(
        Action<BatchProgress>? onBatch, CancellationToken cancellation, out string? failure)
    {
        WindowPart[][] epoch = plan.BatchesOf(epochs);
        failure = null;
        for (; batches < epoch.Length; onBatch?.Invoke(new(epochs + 1, batches, epoch.Length, totals.Loss)))
        {
            if (cancellation.IsCancellationRequested || (failure = TrainBatch(epoch[batches])) is not null)
            {
                return false;
            }

            batches++;
        }

        return true;
    }

    /// <summary>Trains all chunks of a batch; what went wrong, if anything did.</summary>
    private string? TrainBatch(WindowPart[] parts)
    {
        for (int from = 0; from < parts[0].Steps; from += options.ChunkSteps)
        {
            ChunkReport report = trainer.Train(parts, from);
            if (report.Outcome == ChunkOutcome.Stopped || report.Loss > ExplodedLoss)
            {
                return $"loss {report.Loss:g4}, gradient norm {report.GradientNorm:g4} after {trainer.Updates} updates";
            }

            totals.Add(report);
        }

        return null;
    }

    /// <summary>Ends an epoch, or the moment before the first; what is wrong with the weights, if anything.</summary>
    private string? Judge(Action<EpochReport>? onEpoch)
    {
        double loss = MeanOf(plan.Validation, validation.Of(trainer.Parameters, plan.Validation));
        if (double.IsInfinity(loss))
        {
            return $"validation loss is not finite after {trainer.Updates} updates";
        }

        epochs++;
        bool isBest = best.Offer(trainer.Parameters, epochs, loss);
        var report = new EpochReport(
            epochs, trainer.Updates, totals.Loss, loss, totals.LearningRate, totals.Norm, isBest);
        batches = 0;
        totals.Clear();
        onEpoch?.Invoke(report);
        return null;
    }

    /// <summary>Mean over series of the mean over outputs, each in the units of its window.</summary>
    private static double MeanOf(WindowPart[] parts, double[][] losses) => parts
        .Zip(losses, (part, byOutput) => part.Window.LossUnits.Length > 0
            ? byOutput.Zip(part.Window.LossUnits, (loss, unit) => loss / unit)
            : byOutput)
        .Select(byOutput => byOutput.Where(loss => !double.IsNaN(loss)).DefaultIfEmpty(double.NaN).Average())
        .Where(loss => !double.IsNaN(loss)).DefaultIfEmpty(double.NaN).Average();

    private TrainingEnd End(TrainingStop stop, string reason) =>
        new(stop, reason, best.Copy(), best.Epoch, best.Loss, trainer.Updates);
}
