using System.Net;

namespace Streaming.Daemon.Pipeline.Questions;

/// <summary>Forecasts as lanes publish them, for those who watch: lossy, and bounded in watchers and in what waits for
/// each.</summary>
/// <remarks>Lanes offer, any thread watches. Where nobody does, that costs a lane one volatile read a wave, and a series
/// that nobody watches one lookup; a lane waits for no lock and wakes no thread. A forecast is offered when it is made: the
/// commit that makes it count comes after.</remarks>
internal sealed class LiveFeed
{
    /// <summary>Watchers at a time.</summary>
    public const int MostWatchers = 64;

    /// <summary>Watchers from one address.</summary>
    public const int MostOfAddress = 16;

    /// <summary>Watchers of all series: each costs every forecast something.</summary>
    public const int MostOfAll = 8;

    private readonly Lock gate = new();
    private volatile LiveAudience audience = LiveAudience.None;

    /// <summary>Whether anybody watches.</summary>
    public bool IsWatched => audience.Watches.Length > 0;

    /// <summary>Offers a forecast to those who want it. Any lane.</summary>
    /// <param name="id">Id of its series.</param>
    /// <param name="json">The message; copied where somebody wants it and has room.</param>
    public void Offer(ReadOnlySpan<byte> id, ReadOnlySpan<byte> json)
    {
        LiveAudience now = audience;
        byte[]? copy = null;
        foreach (LiveWatch watch in now.Of(id))
        {
            watch.Offer(json, ref copy);
        }

        foreach (LiveWatch watch in now.OfAll)
        {
            watch.Offer(json, ref copy);
        }
    }

    /// <summary>Begins to watch; dispose what is returned to end it.</summary>
    /// <param name="address">Who watches.</param>
    /// <param name="series">Ids of the series that are wanted, UTF-8; none: all.</param>
    /// <returns>Null where as many watch as may.</returns>
    public LiveWatch? TryWatch(IPAddress address, IReadOnlyList<byte[]> series)
    {
        lock (gate)
        {
            LiveAudience now = audience;
            if (now.Watches.Length == MostWatchers || (series.Count == 0 && now.OfAll.Length == MostOfAll)
                || now.Watches.Count(watch => watch.Address.Equals(address)) == MostOfAddress)
            {
                return null;
            }

            var watch = new LiveWatch(this, address, series);
            audience = new([.. now.Watches, watch]);
            return watch;
        }
    }

    internal void Remove(LiveWatch watch)
    {
        lock (gate)
        {
            audience = new([.. audience.Watches.Where(one => one != watch)]);
        }
    }
}
