using Streaming.Training.Losses;
using Streaming.Training.Optimization;

namespace Streaming.Training.FineTuning;

/// <summary>How a network learns from a batch of windows, chunk by chunk, whoever picks the windows.</summary>
public abstract record LearningOptions
{
    /// <summary>Steps ahead of each output, [K]: they tell which labels lie in the held-out tail.</summary>
    public required IReadOnlyList<int> HorizonSteps { get; init; }

    /// <summary>Windows trained side by side. Default 16.</summary>
    public int BatchWindows { get; init; } = 16;

    /// <summary>Steps that gradients flow back through. Default 48.</summary>
    public int ChunkSteps { get; init; } = 48;

    /// <summary>What is minimized, and judged by. Default Huber.</summary>
    public LossKind Loss { get; init; } = LossKind.Huber;

    /// <summary>
    /// Pinball: the quantile that each output forecasts, [K], between 0 and 1. Default empty: the median for all.
    /// </summary>
    public IReadOnlyList<double> QuantileLevels { get; init; } = [];

    /// <summary>Largest step size. Default 0.002.</summary>
    public double LearningRate { get; init; } = 0.002;

    /// <summary>How an update follows from gradients. Default Adam.</summary>
    public OptimizerOptions Optimizer { get; init; } = new();

    /// <summary>How the step size changes over a run. Default warm-up and cosine.</summary>
    public ScheduleOptions Schedule { get; init; } = new();

    /// <summary>Factor of the sum of absolute weights in the loss. Default 0.</summary>
    public double L1 { get; init; }

    /// <summary>Factor of half the sum of squared weights in the loss. Default 0.</summary>
    public double L2 { get; init; }

    /// <summary>Share of hidden units switched off on their way to the next layer while training. Default 0.</summary>
    public double Dropout { get; init; }

    /// <summary>Largest norm of a gradient. Default 1.</summary>
    public double ClipNorm { get; init; } = 1;

    /// <summary>Seed of the order and phase in which windows are trained. Default 17.</summary>
    public int Seed { get; init; } = 17;

    /// <summary>Throws where a setting is out of bounds or does not fit a network's outputs.</summary>
    /// <exception cref="ArgumentException">Names the setting.</exception>
    internal virtual void Validate(int outputs)
    {
        Require(HorizonSteps.Count == outputs && HorizonSteps.All(h => h >= 1), nameof(HorizonSteps));
        Require(BatchWindows >= 1, nameof(BatchWindows));
        Require(ChunkSteps >= 1, nameof(ChunkSteps));
        Require(Enum.IsDefined(Loss), nameof(Loss));
        Require(QuantileLevels.Count == 0 || QuantileLevels.Count == outputs, nameof(QuantileLevels));
        Require(QuantileLevels.All(level => level is > 0 and < 1), nameof(QuantileLevels));
        Require(LearningRate > 0 && double.IsFinite(LearningRate), nameof(LearningRate));
        Require(Optimizer.IsValid(), nameof(Optimizer));
        Require(Schedule.IsValid(), nameof(Schedule));
        Require(L1 >= 0 && double.IsFinite(L1), nameof(L1));
        Require(L2 >= 0 && double.IsFinite(L2), nameof(L2));
        Require(Dropout is >= 0 and < 1, nameof(Dropout));
        Require(ClipNorm > 0, nameof(ClipNorm));
    }

    /// <summary>Throws, naming the setting, unless it holds.</summary>
    private protected static void Require(bool holds, string setting)
    {
        if (!holds)
        {
            throw new ArgumentException($"{setting} is out of bounds or does not fit the network.");
        }
    }
}
