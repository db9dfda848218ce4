using Streaming.Daemon.Configuration;

namespace Streaming.Daemon.Decoding;

/// <summary>What counts as an event time.</summary>
internal static class EventTime
{
    /// <summary>1970-01-01, in UTC ticks of 100 ns since 0001-01-01: the first event time there is.</summary>
    public const long MinTicks = 621_355_968_000_000_000;

    /// <summary>2200-01-01: the first moment that is no event time any more.</summary>
    public const long EndTicks = 693_937_152_000_000_000;

    private const long EndKafkaMs = (EndTicks - MinTicks) / TimeSpan.TicksPerMillisecond;

    /// <summary>Reads ISO 8601 text or a number since 1970.</summary>
    /// <returns>None, BadTime or AbsurdTime.</returns>
    public static RejectReason Parse(ReadOnlySpan<byte> text, TimeUnit unit, out long ticks) => IsoTime.IsDate(text)
        ? IsoTime.Parse(text, out ticks)
        : EpochTime.Parse(text, unit, out ticks);

    /// <summary>Takes a record's Kafka timestamp for the event time, where the producer sends no other.</summary>
    /// <param name="timestampMs">Milliseconds since 1970; negative where there is none.</param>
    /// <param name="ticks">UTC ticks of 100 ns since 0001-01-01.</param>
    /// <returns>None, MissingTime or AbsurdTime.</returns>
    public static RejectReason OfKafka(long timestampMs, out long ticks)
    {
        ticks = MinTicks + (Math.Clamp(timestampMs, 0, EndKafkaMs) * TimeSpan.TicksPerMillisecond);
        return timestampMs < 0 ? RejectReason.MissingTime : Check(ticks);
    }

    /// <summary>None or AbsurdTime.</summary>
    public static RejectReason Check(long ticks) =>
        ticks is >= MinTicks and < EndTicks ? RejectReason.None : RejectReason.AbsurdTime;
}
