namespace Streaming.Training.FineTuning;

/// <summary>Settings of fine-tuning. Checked by <see cref="FineTuner"/>.</summary>
public sealed record FineTunerOptions : LearningOptions
{
    /// <summary>Windows kept for training, one a series. Default 512.</summary>
    public int BufferWindows { get; init; } = 512;

    /// <summary>Least relative gain on fresh steps for a promotion. Default 0.005.</summary>
    public double MinGain { get; init; } = 0.005;

    /// <summary>Chance, at most, that an equal snapshot is called better, or worse. Default 0.05.</summary>
    public double FalseRate { get; init; } = 0.05;

    /// <summary>
    /// Steps of each series in a time block; 0: twice the largest horizon, from 24 to 96. Blocks that are short beside
    /// the horizon depend on each other, which the test takes for evidence. Default 0.
    /// </summary>
    public int BlockSteps { get; init; }

    /// <summary>Blocks after which an undecided snapshot is dropped, and the watch over a new champion ends.
    /// Default 20.</summary>
    public int MaxBlocks { get; init; } = 20;

    /// <summary>Steps that warm up the state before a block is scored, where a window has as many. Default 168.
    /// </summary>
    public int BurnInSteps { get; init; } = 168;

    /// <summary>Snapshots in a row that did worse, after which the challenger starts over. Default 3.</summary>
    public int MaxWorseSnapshots { get; init; } = 3;

    /// <summary>Steps of a block in numbers.</summary>
    internal int StepsOfBlock => BlockSteps > 0 ? BlockSteps : Math.Clamp(2 * HorizonSteps.Max(), 24, 96);

    /// <inheritdoc/>
    internal override void Validate(int outputs)
    {
        base.Validate(outputs);
        Require(BufferWindows >= 1, nameof(BufferWindows));
        Require(MinGain is >= 0 and < 1, nameof(MinGain));
        Require(FalseRate is > 0 and < 1, nameof(FalseRate));
        Require(BlockSteps >= 0, nameof(BlockSteps));
        Require(MaxBlocks >= 1, nameof(MaxBlocks));
        Require(BurnInSteps >= 0, nameof(BurnInSteps));
        Require(MaxWorseSnapshots >= 1, nameof(MaxWorseSnapshots));
    }
}
