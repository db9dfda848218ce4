namespace Streaming.Training.FineTuning;

/// <summary>Settings of fine-tuning. Checked by <see cref="FineTuner"/>.</summary>
public sealed record FineTunerOptions : LearningOptions
{
    /// <summary>Windows kept for training, one a series. Default 512.</summary>
    public int BufferWindows { get; init; } = 512;

    /// <summary>Share of a window's scored steps, the newest, that judge and never train. Default 0.25.</summary>
    public double HeldOutShare { get; init; } = 0.25;

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

    /// <inheritdoc/>
    internal override void Validate(int outputs)
    {
        base.Validate(outputs);
        Require(BufferWindows >= 1, nameof(BufferWindows));
        Require(HeldOutShare is > 0 and < 1, nameof(HeldOutShare));
        Require(MinGain is >= 0 and < 1, nameof(MinGain));
        Require(MinStatistic >= 0, nameof(MinStatistic));
        Require(MinSeries >= 2, nameof(MinSeries));
        Require(MaxWorseRuns >= 1, nameof(MaxWorseRuns));
    }
}
