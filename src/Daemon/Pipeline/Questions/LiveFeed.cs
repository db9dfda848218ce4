namespace Streaming.Daemon.Pipeline.Questions;

/// <summary>Forecasts as lanes publish them, for those who watch: lossy, and bounded in watchers and in what waits for
/// each.</summary>
/// <remarks>Lanes offer, any thread watches. Where nobody does, that costs a lane one volatile read a wave. A forecast
/// is offered when it is made: the commit that makes it count comes after.</remarks>
internal sealed class LiveFeed
{
    /// <summary>Watchers at a time.</summary>
    public const int MostWatchers = 64;

    private readonly Lock gate = new();
    private volatile LiveWatch[] watches = [];

    /// <summary>Whether anybody watches.</summary>
    public bool IsWatched => watches.Length > 0;

    /// <summary>Offers a forecast to those who want it. Any lane.</summary>
    /// <param name="id">Id of its series.</param>
    /// <param name="json">The message; copied where somebody wants it and has room.</param>
    public void Offer(ReadOnlySpan<byte> id, ReadOnlySpan<byte> json)
    {
        byte[]? copy = null;
        foreach (LiveWatch watch in watches)
        {
            if (watch.Wants(id))
            {
                watch.Offer(json, ref copy);
            }
        }
    }

    /// <summary>Begins to watch; dispose what is returned to end it.</summary>
    /// <param name="series">Ids of the series that are wanted, UTF-8; none: all.</param>
    /// <returns>Null where as many watch as may.</returns>
    public LiveWatch? TryWatch(IReadOnlyList<byte[]> series)
    {
        lock (gate)
        {
            if (watches.Length == MostWatchers)
            {
                return null;
            }

            var watch = new LiveWatch(this, series);
            watches = [.. watches, watch];
            return watch;
        }
    }

    internal void Remove(LiveWatch watch)
    {
        lock (gate)
        {
            watches = [.. watches.Where(one => one != watch)];
        }
    }
}
