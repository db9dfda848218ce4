namespace Streaming.Inference.Series;

/// <summary>What stands in for missing values, up to the largest gap that a series' profile holds.</summary>
public enum FillKind
{
    /// <summary>The last value.</summary>
    Hold,

    /// <summary>A straight line from the value before the gap to the one after it.</summary>
    Linear,

    /// <summary>The value a season before, moved so that it meets the value before the gap; without a season, the last
    /// value.</summary>
    Seasonal,

    /// <summary>What was forecast for the step, at the nearest horizon; where nothing was, and in files to train on, the
    /// last value.</summary>
    Model,
}
