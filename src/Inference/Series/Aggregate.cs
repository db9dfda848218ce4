namespace Streaming.Inference.Series;

/// <summary>What the values of one step become.</summary>
public enum Aggregate
{
    Mean,

    /// <summary>The value with the latest event time.</summary>
    Last,
    Sum,
}
