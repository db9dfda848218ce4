using Streaming.Training.Losses;
using Streaming.Training.Optimization;

namespace Streaming.Training.FineTuning;

/// <summary>Settings of fine-tuning. Checked by <see cref="FineTuner"/>.</summary>
public sealed record FineTunerOptions
{
    /// <summary>Steps ahead of each output, [K]: they tell which labels lie in the held-out tail.</summary>
    public required IReadOnlyList<int> HorizonSteps { get; init; }

    /// <summary>Windows kept for training, one a series. Default 512.</summary>
    public int BufferWindows { get; init; } = 512;

    /// <summary>Windows trained side by side. Default 16.</summary>
    public int BatchWindows { get; init; } = 16;

    /// <summary>Steps that gradients flow back through. Default 48.</summary>
    public int ChunkSteps { get; init; } = 48;

    /// <summary>Share of a window's scored steps, the newest, that judge and never train. Default 0.25.</summary>
    public double HeldOutShare { get; init; } = 0.25;

    /// <summary>What is minimized, and judged by. Default Huber.</summary>
    public LossKind Loss { get; init; } = LossKind.Huber;

    /// <summary>Largest step size. Default 0.002.</summary>
    public double LearningRate { get; init; } = 0.002;

    /// <summary>How an update follows from gradients. Default Adam.</summary>
    public OptimizerOptions Optimizer { get; init; } = new();

    /// <summary>How the step size changes over a run, which ends at a verdict. Default warm-up and cosine.</summary>
    public ScheduleOptions Schedule { get; init; } = new();

    /// <summary>Factor of the sum of absolute weights in the loss. Default 0.</summary>
    public double L1 { get; init; }

    /// <summary>Factor of half the sum of squared weights in the loss. Default 0.</summary>
    public double L2 { get; init; }

    /// <summary>Share of hidden units switched off on their way to the next layer while training. Default 0.</summary>
    public double Dropout { get; init; }

    /// <summary>Largest norm of a gradient. Default 1.</summary>
    public double ClipNorm { get; init; } = 1;

    /// <summary>Least relative gain on held-out steps for a promotion. Default 0.005.</summary>
    public double MinGain { get; init; } = 0.005;

    /// <summary>
    /// Least t statistic of the gain over series, as a normal quantile; widened for few series. Default 2 (97.7%).
    /// </summary>
    public double MinStatistic { get; init; } = 2;

    /// <summary>Least series for a promotion: fewer don't tell gain from luck. Default 4.</summary>
    public int MinSeries { get; init; } = 4;

    /// <summary>Verdicts in a row that find the challenger worse, after which it starts over. Default 3.</summary>
    public int MaxWorseRuns { get; init; } = 3;

    /// <summary>Seed of the order and phase in which windows are trained. Default 17.</summary>
    public int Seed { get; init; } = 17;

    /// <summary>Throws where a setting is out of bounds or does not fit a network's outputs.</summary>
    /// <exception cref="ArgumentException">Names the setting.</exception>
    internal void Validate(int outputs)
    {
        Require(HorizonSteps.Count == outputs && HorizonSteps.All(h => h >= 1), nameof(HorizonSteps));
        Require(BufferWindows >= 1, nameof(BufferWindows));
        Require(BatchWindows >= 1, nameof(BatchWindows));
        Require(ChunkSteps >= 1, nameof(ChunkSteps));
        Require(HeldOutShare is > 0 and < 1, nameof(HeldOutShare));
        Require(LearningRate > 0 && double.IsFinite(LearningRate), nameof(LearningRate));
        Require(Optimizer.IsValid(), nameof(Optimizer));
        Require(Schedule.IsValid(), nameof(Schedule));
        Require(L1 >= 0 && double.IsFinite(L1), nameof(L1));
        Require(L2 >= 0 && double.IsFinite(L2), nameof(L2));
        Require(Dropout is >= 0 and < 1, nameof(Dropout));
        Require(ClipNorm > 0, nameof(ClipNorm));
        Require(MinGain is >= 0 and < 1, nameof(MinGain));
        Require(MinStatistic >= 0, nameof(MinStatistic));
        Require(MinSeries >= 2, nameof(MinSeries));
        Require(MaxWorseRuns >= 1, nameof(MaxWorseRuns));
    }

    private static void Require(bool holds, string setting)
    {
        if (!holds)
        {
            throw new ArgumentException($"{setting} is out of bounds or does not fit the network.");
        }
    }
}
