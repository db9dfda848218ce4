using Streaming.Daemon.Kafka;

namespace Simulation.Log;

/// <summary>One place of a log: a record, or a mark that ends a transaction.</summary>
internal struct LogEntry
{
    /// <summary>Length of a key or value that is null.</summary>
    public const int Null = -1;

    /// <summary>In <see cref="Transaction"/>: a record that belongs to none.</summary>
    public const int Plain = -1;

    /// <summary>In <see cref="Transaction"/>: no record, but a mark.</summary>
    public const int Mark = -2;

    public long Offset;
    public long TimestampMs;

    /// <summary>For a null that compaction has met: when it may go; 0 before.</summary>
    public long StaysUntilMs;

    /// <summary>Where key and value lie in the log's arena.</summary>
    public int Start;

    public int KeyLength;
    public int ValueLength;
    public MessageHeaders? Headers;

    /// <summary>Number of its transaction within the log.</summary>
    public int Transaction;

    /// <summary>Compaction took it away; only those who fetched it before still have it.</summary>
    public bool IsRemoved;
}
