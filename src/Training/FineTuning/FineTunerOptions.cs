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

    /// <summary>Largest step size of Adam. Default 0.002.</summary>
    public double LearningRate { get; init; } = 0.002;

    /// <summary>Moments of Adam.</summary>
    public AdamOptions Adam { get; init; } = new();

    /// <summary>Largest norm of a gradient. Default 1.</summary>
    public double ClipNorm { get; init; } = 1;

    /// <summary>Updates of a run over which the step size rises. Default 20.</summary>
    public int WarmUpUpdates { get; init; } = 20;

    /// <summary>Updates of a run over which the step size falls, along a cosine. Default 200.</summary>
    public int RunUpdates { get; init; } = 200;

    /// <summary>Share of the step size that is left at the end of a run. Default 0.1.</summary>
    public double FinalRateShare { get; init; } = 0.1;

    /// <summary>Least relative gain on held-out steps for a promotion. Default 0.005.</summary>
    public double MinGain { get; init; } = 0.005;

    /// <summary>
    /// Least t statistic of the gain over series, as a normal quantile; widened for few series. Default 2 (97.7%).
    /// </summary>
    public double MinStatistic { get; init; } = 2;

    /// <summary>Least series for a promotion: fewer don't tell gain from luck. Default 4.</summary>
    public int MinSeries { get; init; } = 4;

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
        Require(Adam.MeanDecay is >= 0 and < 1 && Adam.SquareDecay is >= 0 and < 1 && Adam.Floor > 0, nameof(Adam));
        Require(ClipNorm > 0, nameof(ClipNorm));
        Require(WarmUpUpdates >= 0, nameof(WarmUpUpdates));
        Require(RunUpdates >= 1, nameof(RunUpdates));
        Require(FinalRateShare is >= 0 and <= 1, nameof(FinalRateShare));
        Require(MinGain is >= 0 and < 1, nameof(MinGain));
        Require(MinStatistic >= 0, nameof(MinStatistic));
        Require(MinSeries >= 2, nameof(MinSeries));
    }

    private static void Require(bool holds, string setting)
    {
        if (!holds)
        {
            throw new ArgumentException($"{setting} is out of bounds or does not fit the network.");
        }
    }
}
