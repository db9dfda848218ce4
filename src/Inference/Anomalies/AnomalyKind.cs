namespace Streaming.Inference.Anomalies;

/// <summary>What an alarm is about.</summary>
public enum AnomalyKind
{
    /// <summary>There is no alarm.</summary>
    None,

    /// <summary>A value far from its forecast, or outside all that is remembered.</summary>
    Spike,

    /// <summary>Values that have stayed on one side of what was forecast long before.</summary>
    LevelShift,

    /// <summary>The first value after more missing steps than the series is used to.</summary>
    Gap,
}
