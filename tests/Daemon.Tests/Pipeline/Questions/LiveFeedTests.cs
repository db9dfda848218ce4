using System.Net;
using System.Text;
using Streaming.Daemon.Pipeline.Questions;

namespace Daemon.Tests.Pipeline.Questions;

public sealed class LiveFeedTests
{
    private readonly LiveFeed feed = new();

    [Fact]
    public void Offer_WatchersOfSomeOrAll_GetWhatIsPublishedByteForByte()
    {
        MemoryBroker broker = RandomStreams.Create(1);
        using var pod = new Pod(broker, Pod.SmallOptions(gatherRecords: 20));
        using LiveWatch all = Watch(pod.Live)!, some = Watch(pod.Live, "e1")!;
        List<string> ofAll = [], ofSome = [];
        pod.RunToEnd(also: _ =>
        {
            Drain(all, ofAll);
            Drain(some, ofSome);
        });
        Drain(all, ofAll);
        Drain(some, ofSome);

        string[] published = [.. broker.Forecasts.Select(m => m.Text)];
        Assert.NotEmpty(published);
        Assert.Equal(published.Order(), ofAll.Order());
        Assert.Equal(published.Where(text => text.Contains("\"e1\"", StringComparison.Ordinal)), ofSome);
    }

    [Fact]
    public void Offer_NobodyReads_DropsAndCounts()
    {
        using LiveWatch watch = Watch(feed)!;
        for (int i = 0; i < LiveWatch.Capacity + 5; i++)
        {
            feed.Offer("a"u8, "{}"u8);
        }

        Assert.Equal(LiveWatch.Capacity, watch.Waiting);
        Assert.Equal((5, 0), (watch.TakeDropped(), watch.TakeDropped()));
    }

    /// <summary>Against a walk over all watchers, as seldom as they come and go.</summary>
    [Fact]
    public void Offer_WatchersComeAndGo_EachGetsWhatItWants()
    {
        var random = new Random(11);
        var watches = new List<(LiveWatch Watch, string[] Series, List<string> Expected, List<string> Heard)>();
        for (int i = 0; i < 5_000; i++)
        {
            if (random.Next(20) == 0)
            {
                string[] series = [.. Enumerable.Range(0, random.Next(4)).Select(_ => $"s{random.Next(6)}")];
                if (feed.TryWatch(new IPAddress(i), [.. series.Select(Encoding.UTF8.GetBytes)]) is { } watch)
                {
                    watches.Add((watch, series, [], []));
                }
            }

            if (random.Next(25) == 0 && watches.Count > 0)
            {
                int leaving = random.Next(watches.Count);
                watches[leaving].Watch.Dispose();
                watches.RemoveAt(leaving);
            }

            string id = $"s{random.Next(8)}";
            feed.Offer(Encoding.UTF8.GetBytes(id), Encoding.UTF8.GetBytes($"{i} of {id}"));
            foreach (var one in watches)
            {
                if (one.Series.Length == 0 || one.Series.Contains(id))
                {
                    one.Expected.Add($"{i} of {id}");
                }

                Drain(one.Watch, one.Heard);
            }
        }

        Assert.True(watches.Count > 5);
        Assert.All(watches, one => Assert.Equal(one.Expected, one.Heard));
    }

    [Fact]
    public void TryWatch_AsManyAsMay_IsRefusedUntilOneLeaves()
    {
        LiveWatch[] watches =
            [.. Enumerable.Range(0, LiveFeed.MostWatchers).Select(i => feed.TryWatch(new IPAddress(i), ["a"u8.ToArray()])!)];
        Assert.Null(Watch(feed, "a"));

        watches[7].Dispose();

        Assert.NotNull(Watch(feed, "a"));
    }

    [Fact]
    public void TryWatch_AsManyOfOneAddressAsMay_IsRefusedToItAlone()
    {
        LiveWatch[] watches = [.. Enumerable.Range(0, LiveFeed.MostOfAddress).Select(i => Watch(feed, $"s{i}")!)];
        Assert.Null(Watch(feed, "a"));
        Assert.NotNull(feed.TryWatch(IPAddress.IPv6Loopback, ["a"u8.ToArray()]));

        watches[0].Dispose();

        Assert.NotNull(Watch(feed, "a"));
    }

    [Fact]
    public void TryWatch_AsManyOfAllSeriesAsMay_OthersMayWatchSome()
    {
        Assert.All(Enumerable.Range(0, LiveFeed.MostOfAll), _ => Assert.NotNull(Watch(feed)));

        Assert.Null(Watch(feed));
        Assert.NotNull(Watch(feed, "a"));
    }

    private static LiveWatch? Watch(LiveFeed feed, params string[] series) =>
        feed.TryWatch(IPAddress.Loopback, [.. series.Select(Encoding.UTF8.GetBytes)]);

    private static void Drain(LiveWatch watch, List<string> into)
    {
        while (watch.TryRead(out byte[]? json))
        {
            into.Add(Encoding.UTF8.GetString(json));
        }
    }
}
