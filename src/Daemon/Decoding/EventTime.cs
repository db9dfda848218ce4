namespace Streaming.Daemon.Decoding;

/// <summary>What counts as an event time.</summary>
internal static class EventTime
{
    /// <summary>1970-01-01, in UTC ticks of 100 ns since 0001-01-01: the first event time there is.</summary>
    public const long MinTicks = 621_355_968_000_000_000;

    /// <summary>2200-01-01: the first moment that is no event time any more.</summary>
    public const long EndTicks = 693_937_152_000_000_000;

    /// <summary>None or AbsurdTime.</summary>
    public static RejectReason Check(long ticks) =>
        ticks is >= MinTicks and < EndTicks ? RejectReason.None : RejectReason.AbsurdTime;
}
