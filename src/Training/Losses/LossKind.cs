namespace Streaming.Training.Losses;

/// <summary>How an error of a forecast is scored; errors are in scales of the series.</summary>
public enum LossKind
{
    /// <summary>e²/2 up to |e| = 1, |e| - 1/2 beyond. Source: Huber 1964.</summary>
    Huber,

    /// <summary>e².</summary>
    MeanSquared,

    /// <summary>|e|.</summary>
    MeanAbsolute,

    /// <summary>
    /// (1-q)·e above the target, -q·e below it: least where the output is the q-quantile. Source: Koenker and Bassett
    /// 1978.
    /// </summary>
    Pinball,
}
