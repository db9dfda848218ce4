using Streaming.Training.FineTuning;
using Streaming.Training.Optimization;
using Streaming.Training.Threads;

namespace Streaming.Training.Pretraining;

/// <summary>Settings of training on whole series. Checked by <see cref="Trainer"/>.</summary>
/// <remarks>
/// The schedule's run is set to the updates that all epochs will make; here it starts with a warm-up of 50 updates.
/// </remarks>
public sealed record TrainerOptions : LearningOptions
{
    /// <summary>Most threads.</summary>
    public const int MaxThreads = WorkerTeam.MaxThreads;

    /// <summary>Defaults.</summary>
    public TrainerOptions()
    {
        BatchWindows = 32;
        Schedule = new ScheduleOptions { WarmUpUpdates = 50 };
    }

    /// <summary>Passes over all series, at most. Default 20.</summary>
    public int Epochs { get; init; } = 20;

    /// <summary>Epochs in a row without a better validation loss, after which training ends. Default 5.</summary>
    public int Patience { get; init; } = 5;

    /// <summary>Relative gain on the best validation loss that counts as better. Default 0.</summary>
    public double MinImprovement { get; init; }

    /// <summary>
    /// Share of each series, its newest steps, that validates and never trains. Default 0.1; 0 turns early stopping
    /// off, and the last weights are the best.
    /// </summary>
    public double ValidationShare { get; init; } = 0.1;

    /// <summary>Steps before a series' validation tail that warm up its state. Default 168.</summary>
    public int BurnInSteps { get; init; } = 168;

    /// <summary>Chunks of a segment that are scored, after one that warms up its state. Default 12.</summary>
    public int SegmentChunks { get; init; } = 12;

    /// <summary>
    /// Times an epoch visits the first two chunks of each series, scored from the first step: a new series is forecast
    /// from zero state. Default 1.
    /// </summary>
    public int StartVisits { get; init; } = 1;

    /// <summary>Threads, the caller's included; any number gives the same weights. Default 1.</summary>
    public int Threads { get; init; } = 1;

    /// <inheritdoc/>
    internal override void Validate(int outputs)
    {
        base.Validate(outputs);
        Require(Epochs >= 1, nameof(Epochs));
        Require(Patience >= 1, nameof(Patience));
        Require(MinImprovement is >= 0 and < 1, nameof(MinImprovement));
        Require(ValidationShare is >= 0 and < 1, nameof(ValidationShare));
        Require(BurnInSteps >= 0, nameof(BurnInSteps));
        Require(SegmentChunks >= 1, nameof(SegmentChunks));
        Require(StartVisits >= 0, nameof(StartVisits));
        Require(Threads is >= 1 and <= MaxThreads, nameof(Threads));
    }
}
