using Streaming.Training.Losses;

namespace Streaming.Daemon.Pretraining;

/// <summary>What pretraining minimizes, by the names that users of other tools know.</summary>
internal enum LossChoice
{
    /// <summary>e²/2 up to |e| = 1, |e| - 1/2 beyond; e is in scales of the series.</summary>
    Huber,

    /// <summary>e².</summary>
    Mse,

    /// <summary>|e|.</summary>
    Mae,
}

/// <summary>The trainer's words for them.</summary>
internal static class LossChoices
{
    public static LossKind ToKind(this LossChoice choice) => choice switch
    {
        LossChoice.Mse => LossKind.MeanSquared,
        LossChoice.Mae => LossKind.MeanAbsolute,
        _ => LossKind.Huber,
    };
}
