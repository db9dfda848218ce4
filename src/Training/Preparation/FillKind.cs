namespace Streaming.Training.Preparation;

/// <summary>What stands in for missing values, up to the largest gap that a series' profile holds.</summary>
public enum FillKind
{
    /// <summary>The last value: what the live path does, so a model sees in training what it will see in service.
    /// </summary>
    Hold,

    /// <summary>A straight line from the value before the gap to the one after it.</summary>
    Linear,

    /// <summary>The value a season before, moved so that it meets the value before the gap; without a season, the last
    /// value.</summary>
    Seasonal,
}
