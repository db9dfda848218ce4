namespace Streaming.Inference.Series;

/// <summary>A running total.</summary>
/// <param name="TimeTicks">Its event time, in ticks; after 1970.</param>
/// <param name="Value">Finite.</param>
/// <param name="StartTicks">When it began to count, in ticks; 0 where unknown.</param>
internal readonly record struct Total(long TimeTicks, double Value, long StartTicks)
{
    /// <summary>Of two totals of one time the later one: that of the later start, then the larger.</summary>
    public static Total Later(in Total a, in Total b) =>
        (a.StartTicks, a.Value).CompareTo((b.StartTicks, b.Value)) >= 0 ? a : b;
}
