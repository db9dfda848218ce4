using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Streaming.Daemon.Pipeline.Questions;

/// <summary>One who watches live forecasts, and what waits for it.</summary>
/// <remarks>Lanes offer, one thread reads: it looks by itself whether anything has come, for to wake it would cost a lane
/// more than to leave a message.</remarks>
internal sealed class LiveWatch : IDisposable
{
    /// <summary>Forecasts that wait, at most; further ones are dropped and counted.</summary>
    public const int Capacity = 256;

    private readonly LiveFeed feed;
    private readonly ConcurrentQueue<byte[]> forecasts = new();
    private int waiting;
    private long dropped;

    internal LiveWatch(LiveFeed feed, IPAddress address, IReadOnlyList<byte[]> series) =>
        (this.feed, Address, Series) = (feed, address, series);

    /// <summary>Who watches.</summary>
    public IPAddress Address { get; }

    /// <summary>Ids of the series that are wanted, UTF-8; none: all.</summary>
    public IReadOnlyList<byte[]> Series { get; }

    /// <summary>Forecasts that wait.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    /// <summary>Takes the next message in JSON, as it is published; false where none waits.</summary>
    public bool TryRead([NotNullWhen(true)] out byte[]? json)
    {
        bool isRead = forecasts.TryDequeue(out json);
        if (isRead)
        {
            Interlocked.Decrement(ref waiting);
        }

        return isRead;
    }

    /// <summary>Forecasts dropped since this was last asked.</summary>
    public long TakeDropped() => Interlocked.Exchange(ref dropped, 0);

    /// <summary>Offers a forecast. Any lane.</summary>
    /// <param name="json">The message.</param>
    /// <param name="copy">Its copy, made where there is room and none was made for another watcher.</param>
    public void Offer(ReadOnlySpan<byte> json, ref byte[]? copy)
    {
        if (Volatile.Read(ref waiting) >= Capacity)
        {
            Interlocked.Increment(ref dropped);
            return;
        }

        Interlocked.Increment(ref waiting); // two lanes at once may be one message over: no matter
        forecasts.Enqueue(copy ??= json.ToArray());
    }

    public void Dispose() => feed.Remove(this);
}
