using Streaming.Inference.Model;
using Streaming.Training.FineTuning;

namespace Streaming.Training.Pretraining;

/// <summary>All that training on from some batch needs, beside series and options, in numbers and arrays.</summary>
/// <remarks>
/// Arrays are in the layout of <see cref="ModelParameters"/>. Training on from here, with the same series
/// and options, gives the bits that it would have given without the pause.
/// </remarks>
public sealed record TrainerState
{
    /// <summary>Weights in training.</summary>
    public required float[] Parameters { get; init; }

    /// <summary>First moments of the optimizer.</summary>
    public required float[] FirstMoments { get; init; }

    /// <summary>Second moments of the optimizer.</summary>
    public required float[] SecondMoments { get; init; }

    /// <summary>β₁ to the power of the updates made.</summary>
    public required double MeanPower { get; init; }

    /// <summary>β₂ to the power of the updates made.</summary>
    public required double SquarePower { get; init; }

    /// <summary>Updates made.</summary>
    public required int Updates { get; init; }

    /// <summary>Forward passes of training made: they fix which units dropout switches off.</summary>
    public required int Passes { get; init; }

    /// <summary>Seed of the order of training.</summary>
    public required int Seed { get; init; }

    /// <summary>Epochs done; -1 before the start has been judged.</summary>
    public required int Epochs { get; init; }

    /// <summary>Batches of the current epoch done.</summary>
    public required int Batches { get; init; }

    /// <summary>Updates of the current epoch made.</summary>
    public required int EpochUpdates { get; init; }

    /// <summary>Sum of losses over the current epoch's updates.</summary>
    public required double LossSum { get; init; }

    /// <summary>Sum of gradient norms over the current epoch's updates.</summary>
    public required double NormSum { get; init; }

    /// <summary>Step size of the last update.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Best weights so far.</summary>
    public required float[] BestParameters { get; init; }

    /// <summary>Epoch they come from.</summary>
    public required int BestEpoch { get; init; }

    /// <summary>Their validation loss.</summary>
    public required double BestLoss { get; init; }

    internal static TrainerState Of(
        ChunkTrainerState trainer, EpochTotals totals, BestWeights best, int seed, int epochs, int batches) => new()
        {
            Parameters = trainer.Parameters.Values,
            FirstMoments = trainer.Optimizer.First,
            SecondMoments = trainer.Optimizer.Second,
            MeanPower = trainer.Optimizer.MeanPower,
            SquarePower = trainer.Optimizer.SquarePower,
            Updates = trainer.Updates,
            Passes = trainer.Passes,
            Seed = seed,
            Epochs = epochs,
            Batches = batches,
            EpochUpdates = totals.Updates,
            LossSum = totals.LossSum,
            NormSum = totals.NormSum,
            LearningRate = totals.LearningRate,
            BestParameters = best.Copy().Values,
            BestEpoch = best.Epoch,
            BestLoss = best.Loss,
        };

    /// <summary>The part of it that makes updates.</summary>
    /// <exception cref="ArgumentException">It is of another shape.</exception>
    internal ChunkTrainerState ChunkTrainer(ModelShape shape) => new(
        ModelParameters.Of(shape, Parameters),
        new(FirstMoments, SecondMoments, MeanPower, SquarePower),
        Updates,
        Passes);
}
