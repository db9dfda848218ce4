namespace Streaming.Inference.Series;

/// <summary>One observed value, as intake takes it.</summary>
/// <param name="TimeTicks">Event time, in ticks.</param>
/// <param name="Value">Finite.</param>
/// <param name="Kind">What the producer says it is.</param>
/// <param name="StartTicks">When a running total began to count, in ticks; 0 where unknown.</param>
public readonly record struct Sample(
    long TimeTicks, double Value, ValueKind Kind = ValueKind.Auto, long StartTicks = 0)
{
    /// <summary>What the producer says it is measured in; null where it does not.</summary>
    public MeasureUnit? Unit { get; init; }
}
