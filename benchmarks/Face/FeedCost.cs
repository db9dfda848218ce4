using System.Diagnostics;
using System.Net;
using System.Text;
using Benchmarks.Pipeline;
using Streaming.Daemon.Pipeline.Questions;

namespace Benchmarks.Face;

/// <summary>What live forecasts cost a lane, in ns a forecast.</summary>
/// <param name="Unwatched">Of a series that nobody watches, while 64 watch 100 others each.</param>
/// <param name="Watched">Of one that one watches, who has room.</param>
/// <param name="Full">Of one that eight watch who are too slow.</param>
internal sealed record FeedCost(double Unwatched, double Watched, double Full)
{
    private const int Offers = 2_000_000;
    private const int SeriesEach = 100;

    private static readonly byte[] Json = new byte[400];

    public static FeedCost Measure()
    {
        _ = Once();
        return Once();
    }

    private static FeedCost Once()
    {
        var feed = new LiveFeed();
        LiveWatch[] watches =
        [
            .. Enumerable.Range(0, LiveFeed.MostWatchers).Select(w => feed.TryWatch(
                new IPAddress(w), [.. Enumerable.Range(0, SeriesEach).Select(s => Workload.Key((w * SeriesEach) + s))])!),
        ];
        byte[] other = Encoding.ASCII.GetBytes("another"), first = Workload.Key(0);
        double unwatched = Time(() => feed.Offer(other, Json));
        double watched = Time(() =>
        {
            feed.Offer(first, Json);
            watches[0].TryRead(out _);
        });
        var slow = new LiveFeed();
        Array.ForEach([.. Enumerable.Range(0, LiveFeed.MostOfAll)], w => slow.TryWatch(new IPAddress(w), []));
        return new(unwatched, watched, Time(() => slow.Offer(other, Json)));
    }

    private static double Time(Action offer)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Offers; i++)
        {
            offer();
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / Offers;
    }
}
