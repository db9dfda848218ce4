using System.Threading.Channels;

namespace Streaming.Daemon.Pipeline.Questions;

/// <summary>One who watches live forecasts, and what waits for it.</summary>
internal sealed class LiveWatch : IDisposable
{
    /// <summary>Forecasts that wait, at most; further ones are dropped and counted.</summary>
    public const int Capacity = 256;

    private readonly LiveFeed feed;
    private readonly HashSet<byte[]>.AlternateLookup<ReadOnlySpan<byte>>? wanted;
    private readonly Channel<byte[]> channel = Channel.CreateBounded<byte[]>(
        new BoundedChannelOptions(Capacity) { SingleReader = true });

    private long dropped;

    internal LiveWatch(LiveFeed feed, IReadOnlyList<byte[]> series)
    {
        this.feed = feed;
        wanted = series.Count == 0
            ? null
            : new HashSet<byte[]>(series, Utf8Comparer.Instance).GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>The watcher's end: messages in JSON, as they are published.</summary>
    public ChannelReader<byte[]> Forecasts => channel.Reader;

    /// <summary>Forecasts dropped since this was last asked.</summary>
    public long TakeDropped() => Interlocked.Exchange(ref dropped, 0);

    /// <summary>Whether forecasts of a series are wanted. Any lane.</summary>
    public bool Wants(ReadOnlySpan<byte> id) => wanted is not { } ids || ids.Contains(id);

    /// <summary>Offers a forecast. Any lane.</summary>
    /// <param name="json">The message.</param>
    /// <param name="copy">Its copy, made where there is room and none was made for another watcher.</param>
    public void Offer(ReadOnlySpan<byte> json, ref byte[]? copy)
    {
        if (channel.Reader.Count >= Capacity || !channel.Writer.TryWrite(copy ??= json.ToArray()))
        {
            Interlocked.Increment(ref dropped);
        }
    }

    public void Dispose() => feed.Remove(this);
}
