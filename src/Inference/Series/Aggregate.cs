namespace Streaming.Inference.Series;

/// <summary>What the values of one step become.</summary>
public enum Aggregate
{
    Mean,

    /// <summary>The value with the latest event time; of several the last to come.</summary>
    Last,
    Sum,
    Min,
    Max,

    /// <summary>How many there are; a step without any is a gap, as for every aggregate.</summary>
    Count,
}
