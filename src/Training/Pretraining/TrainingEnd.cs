using Streaming.Inference.Model;

namespace Streaming.Training.Pretraining;

/// <summary>Why training ended.</summary>
public enum TrainingStop
{
    /// <summary>All epochs are done.</summary>
    Completed,

    /// <summary>The validation loss has not improved for as many epochs as patience allows.</summary>
    EarlyStopped,

    /// <summary>The caller asked for it; training can go on from the trainer's state.</summary>
    Cancelled,

    /// <summary>A series holds a number that is not finite, or none has a label.</summary>
    BadData,

    /// <summary>The loss exploded or was no number.</summary>
    Diverged,
}

/// <summary>How training ended, and the best weights it found.</summary>
/// <param name="Stop">Why it ended.</param>
/// <param name="Reason">The same in a sentence for a person.</param>
/// <param name="Best">Weights with the best validation loss; the start's, if no epoch was better.</param>
/// <param name="BestEpoch">Epoch they come from, 0 for the start.</param>
/// <param name="BestLoss">Their validation loss; NaN without validation.</param>
/// <param name="Updates">Updates made.</param>
public sealed record TrainingEnd(
    TrainingStop Stop, string Reason, ModelParameters Best, int BestEpoch, double BestLoss, int Updates);
