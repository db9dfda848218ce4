namespace Streaming.Daemon.Kafka;

/// <summary>Where a partition starts, other than at an offset (librdkafka's numbers).</summary>
internal static class StartOffset
{
    /// <summary>The group's committed offset; without one, as Input:Start says.</summary>
    public const long Committed = -1000;

    /// <summary>The first record kept.</summary>
    public const long Beginning = -2;

    /// <summary>The next record written.</summary>
    public const long End = -1;
}
