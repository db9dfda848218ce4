namespace Streaming.Training.FineTuning;

/// <summary>What one call of <see cref="FineTuner.TrainChunk"/> did.</summary>
public enum ChunkOutcome
{
    /// <summary>Nothing: no window is long enough.</summary>
    Idle,

    /// <summary>Ran forward without an update: burn-in, or no label counts.</summary>
    Carried,

    /// <summary>Made an update.</summary>
    Trained,

    /// <summary>Found numbers that are not finite: the run is over until it is judged.</summary>
    Stopped,
}

/// <summary>One batch-chunk in numbers.</summary>
/// <param name="Outcome">What was done.</param>
/// <param name="Loss">Mean loss over series before the update; 0 without labels.</param>
/// <param name="GradientNorm">Norm before clipping; 0 without an update.</param>
/// <param name="LearningRate">Step size; 0 without an update.</param>
/// <param name="Series">Series with labels.</param>
/// <param name="Labels">Labels that counted.</param>
public readonly record struct ChunkReport(
    ChunkOutcome Outcome, double Loss, double GradientNorm, double LearningRate, int Series, int Labels);
