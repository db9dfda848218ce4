using Streaming.Inference.Series;

namespace Inference.Tests.Series;

/// <summary>One observation of a generated partition.</summary>
/// <param name="Series">Number of its series.</param>
/// <param name="TimeTicks">Event time.</param>
/// <param name="Value">In the series' unit.</param>
/// <param name="Kind">What the producer says the value is.</param>
/// <param name="StartTicks">When a running total began to count; 0 where unknown.</param>
internal readonly record struct StreamRecord(
    int Series, long TimeTicks, double Value, ValueKind Kind = ValueKind.Auto, long StartTicks = 0)
{
    /// <summary>What comes with it; null for nothing.</summary>
    public double[]? Covariates { get; init; }

    /// <summary>What the producer says it is measured in; null where it does not.</summary>
    public MeasureUnit? Unit { get; init; }

    public Sample Sample => new(TimeTicks, Value, Kind, StartTicks) { Unit = Unit };
}
