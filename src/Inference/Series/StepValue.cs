using Streaming.Inference.Series.Codec;

namespace Streaming.Inference.Series;

/// <summary>What the values of one step become: one sum, extreme or last value, as an aggregate asks.</summary>
internal struct StepValue
{
    private double kept;
    private long lastTicks; // meaningless before the first value
    private int values;

    public readonly bool HasValue => values > 0;

    /// <summary>Takes a value.</summary>
    /// <param name="timeTicks">Its event time, in ticks.</param>
    /// <param name="value">Finite.</param>
    /// <param name="aggregate">The profile's; null: mean or sum, which are kept alike.</param>
    public void Add(long timeTicks, double value, Aggregate? aggregate)
    {
        kept = aggregate switch
        {
            _ when values == 0 => value,
            Aggregate.Min => Math.Min(kept, value),
            Aggregate.Max => Math.Max(kept, value),
            Aggregate.Last => timeTicks >= lastTicks ? value : kept,
            _ => kept + value,
        };
        lastTicks = Math.Max(lastTicks, timeTicks);
        values++;
    }

    /// <summary>What they have become; there must be one.</summary>
    public readonly double Of(Aggregate aggregate) => aggregate switch
    {
        Aggregate.Mean => kept / values,
        Aggregate.Count => values,
        _ => kept,
    };

    public readonly void WriteTo(StateWriter writer)
    {
        writer.Write(kept);
        writer.Write(lastTicks);
        writer.Write(values);
    }

    public static StepValue ReadFrom(ref StateReader reader) => new()
    {
        kept = reader.Read<double>(),
        lastTicks = reader.Read<long>(),
        values = reader.Read<int>(),
    };
}
