namespace Streaming.Daemon.Decoding.Otlp;

/// <summary>A data point of a metric, without its attributes.</summary>
internal struct OtlpPoint
{
    private const ulong NothingRecorded = 1;
    private const ulong NanosPerTick = 100;

    /// <summary>When its total or delta began, UTC ticks; 0 where the producer does not say.</summary>
    public long StartTicks;

    /// <summary>When it was taken, UTC ticks; 0 where the producer does not say.</summary>
    public long TimeTicks;

    /// <summary>Value of a gauge or sum; null where there is none.</summary>
    public double? Value;

    /// <summary>How many values a histogram or summary counts; null where the producer does not say.</summary>
    public double? Count;

    /// <summary>Sum of a histogram's or summary's values; null where the producer keeps none.</summary>
    public double? Sum;

    /// <summary>OTLP's DataPointFlags.</summary>
    public ulong Flags;

    /// <summary>Whether it only says that its series has ended.</summary>
    public readonly bool IsEmpty => (Flags & NothingRecorded) != 0;

    /// <summary>Ticks of a time in ns since 1970; 0, which says nothing, stays 0.</summary>
    public static long Ticks(ulong nanos) => nanos == 0 ? 0 : EventTime.MinTicks + (long)(nanos / NanosPerTick);
}
